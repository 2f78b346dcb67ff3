//! The speed of laying out and of drawing a PDF.

fn main() {
    divan::main();
}
