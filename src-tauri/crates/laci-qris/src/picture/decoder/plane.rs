//! The flat symbol as the camera sees it: from places on the symbol to places in the picture.

#![allow(clippy::float_arithmetic, reason = "places between pixels are computed")]

/// Two coordinates, across and down: of modules on the symbol, or of pixels in the picture.
pub(super) type Place = [f64; 2];

/// A plane projection, its ninth number being 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Plane([f64; NUMBERS]);

const NUMBERS: usize = 8;
/// How much, in square pixels, a tilt costs that the pairs do not ask for. Corners of a symbol are
/// found to about half a pixel, and symbols are seldom tilted by more than a sixth of their size.
const TILT_COST: f64 = 10.0;

impl Plane {
    /// The projection that takes the first place of each pair nearest to its second. The first
    /// places count in symbols, not in modules, so that the tilt has a measure.
    pub(super) fn through(pairs: &[(Place, Place)]) -> Option<Self> {
        // Least squares: the sums of products of what is known, and the answers in the last column.
        let mut sums = [[0.0; NUMBERS + 1]; NUMBERS];
        for ([x, y], seen) in pairs {
            let across = [*x, *y, 1.0, 0.0, 0.0, 0.0, -x * seen[0], -y * seen[0], seen[0]];
            let down = [0.0, 0.0, 0.0, *x, *y, 1.0, -x * seen[1], -y * seen[1], seen[1]];
            for known in [across, down] {
                for (row, left) in sums.iter_mut().zip(known) {
                    for (sum, right) in row.iter_mut().zip(known) {
                        *sum += left * right;
                    }
                }
            }
        }
        sums[6][6] += TILT_COST;
        sums[7][7] += TILT_COST;
        solved(sums).map(Self)
    }

    /// Where a place of the symbol is in the picture.
    pub(super) fn at(&self, [x, y]: Place) -> Place {
        let [a, b, c, d, e, f, g, h] = self.0;
        let depth = g * x + h * y + 1.0;
        [(a * x + b * y + c) / depth, (d * x + e * y + f) / depth]
    }
}

/// Gauss's elimination, each column by its largest number; `None` where a column has none.
fn solved(mut rows: [[f64; NUMBERS + 1]; NUMBERS]) -> Option<[f64; NUMBERS]> {
    for column in 0..NUMBERS {
        let largest = (column..NUMBERS)
            .max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
        rows.swap(column, largest);
        let pivot = rows[column];
        if pivot[column].abs() < f64::EPSILON {
            return None;
        }
        for (index, row) in rows.iter_mut().enumerate() {
            if index != column {
                let share = row[column] / pivot[column];
                for (number, above) in row.iter_mut().zip(pivot) {
                    *number -= share * above;
                }
            }
        }
    }
    let mut numbers = [0.0; NUMBERS];
    for (index, number) in numbers.iter_mut().enumerate() {
        *number = rows[index][NUMBERS] / rows[index][index];
    }
    Some(numbers)
}
