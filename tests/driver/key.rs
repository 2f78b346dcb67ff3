//! Keys that are no letter, by the code points that WebDriver gives them (W3C WebDriver, section 17.4.2).

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Backspace,
    Tab,
    Enter,
    Shift,
    Control,
    Alt,
    Escape,
    Space,
    Left,
    Up,
    Right,
    Down,
    Delete,
    /// A function key, 1 to 12.
    F(u8),
}

impl Key {
    #[must_use]
    pub fn code(self) -> char {
        match self {
            Self::Backspace => '\u{e003}',
            Self::Tab => '\u{e004}',
            Self::Enter => '\u{e007}',
            Self::Shift => '\u{e008}',
            Self::Control => '\u{e009}',
            Self::Alt => '\u{e00a}',
            Self::Escape => '\u{e00c}',
            Self::Space => '\u{e00d}',
            Self::Left => '\u{e012}',
            Self::Up => '\u{e013}',
            Self::Right => '\u{e014}',
            Self::Down => '\u{e015}',
            Self::Delete => '\u{e017}',
            Self::F(number) => {
                let code = 0xe030 + u32::from(number.clamp(1, 12));
                char::from_u32(code).unwrap_or('\u{e031}')
            }
        }
    }
}
