//! One recovery code: 80 random bits as sixteen letters and digits, in fours. Nobody can guess one, so it is hashed
//! without pepper, and opens even where every secret of this computer is gone.

use laci_core::Hash;

/// Crockford's: no I, L, O or U, which are read as something else.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Ten random bytes as sixteen signs in fours, with dashes between.
pub(super) fn written(random: [u8; 10]) -> String {
    let mut text = String::with_capacity(19);
    let (mut bits, mut held, mut letters) = (0_u32, 0_u32, 0);
    for byte in random {
        held = (held << 8) | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            if letters > 0 && letters % 4 == 0 {
                text.push('-');
            }
            let at = usize::try_from((held >> bits) & 31).unwrap_or(0);
            text.push(char::from(ALPHABET[at]));
            letters += 1;
        }
    }
    text
}

/// What is stored of a code. Typed with other dashes, small letters, or an O for a 0, it is the same code.
pub(super) fn hashed(code: &str) -> Hash {
    let plain: String = code
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    Hash::of_bytes(format!("laci-recovery-code/1\n{plain}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eighty_bits_are_sixteen_letters() {
        assert_eq!(written([0; 10]), "0000-0000-0000-0000");
        assert_eq!(written([255; 10]), "ZZZZ-ZZZZ-ZZZZ-ZZZZ");
        assert_eq!(written([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), "0000-0000-0000-0001");
    }

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code = hashed("0A1B-2C3D-4E5F-6G7H");
        assert_eq!(hashed(" oa1b 2c3d4e5f-6g7h "), code);
        assert_eq!(hashed("OAIB2C3D4E5F6G7H"), code);
        assert_ne!(hashed("0A1B-2C3D-4E5F-6G7J"), code);
    }
}
