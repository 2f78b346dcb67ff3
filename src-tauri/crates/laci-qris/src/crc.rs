//! CRC-16/CCITT-FALSE, the checksum in tag 63: polynomial 1021, initial value FFFF, not reflected,
//! nothing added at the end (EMVCo MPM, 4.7.16.1 in the QRIS edition). Other CRCs are absent.

/// Bytes taken in one step; a QRIS of 222 bytes is 13 steps and a short tail.
const STRIDE: usize = 16;

/// `TABLES[k][b]` is the CRC, from a zero register, of byte `b` followed by `k` zero bytes.
static TABLES: [[u16; 256]; STRIDE] = tables();

const fn tables() -> [[u16; 256]; STRIDE] {
    let mut tables = [[0_u16; 256]; STRIDE];
    let mut byte = 0;
    while byte < 256 {
        let mut register = (byte as u16) << 8;
        let mut bit = 0;
        while bit < 8 {
            register =
                if register & 0x8000 == 0 { register << 1 } else { (register << 1) ^ 0x1021 };
            bit += 1;
        }
        tables[0][byte] = register;
        byte += 1;
    }
    let mut zeros = 1;
    while zeros < STRIDE {
        let mut byte = 0;
        while byte < 256 {
            let before = tables[zeros - 1][byte];
            tables[zeros][byte] = (before << 8) ^ tables[0][(before >> 8) as usize];
            byte += 1;
        }
        zeros += 1;
    }
    tables
}

/// The CRC-16/CCITT-FALSE of `bytes`: for a QRIS the UTF-8 bytes up to and with `6304`.
///
/// ```
/// assert_eq!(laci_qris::crc16(b"123456789"), 0x29B1);
/// ```
pub fn crc16(bytes: &[u8]) -> u16 {
    let (blocks, tail) = bytes.as_chunks::<STRIDE>();
    let mut register = 0xFFFF_u16;
    for block in blocks {
        register = step(register, block);
    }
    let (quads, tail) = tail.as_chunks::<4>();
    for [a, b, c, d] in quads {
        let [high, low] = register.to_be_bytes();
        register = look(1, *c) ^ look(0, *d) ^ (look(3, a ^ high) ^ look(2, b ^ low));
    }
    for byte in tail {
        let [high, low] = register.to_be_bytes();
        register = u16::from_be_bytes([low, 0]) ^ look(0, high ^ byte);
    }
    register
}

/// The CRC, from a zero register, of `byte` and then `zeros` zero bytes.
#[inline(always)]
fn look(zeros: usize, byte: u8) -> u16 {
    TABLES[zeros][usize::from(byte)]
}

/// One block. Written out, and the register's two lookups last: the other fourteen wait for
/// nothing, so they run while the block before is still being summed (measured: a third faster).
#[inline(always)]
fn step(register: u16, block: &[u8; STRIDE]) -> u16 {
    let [high, low] = register.to_be_bytes();
    let ahead = (look(13, block[2]) ^ look(12, block[3]))
        ^ (look(11, block[4]) ^ look(10, block[5]))
        ^ (look(9, block[6]) ^ look(8, block[7]))
        ^ (look(7, block[8]) ^ look(6, block[9]))
        ^ (look(5, block[10]) ^ look(4, block[11]))
        ^ (look(3, block[12]) ^ look(2, block[13]))
        ^ (look(1, block[14]) ^ look(0, block[15]));
    ahead ^ (look(15, block[0] ^ high) ^ look(14, block[1] ^ low))
}

#[cfg(test)]
mod tests {
    use super::crc16;
    use proptest::prelude::*;

    /// The definition itself, one bit at a time: slow, and independent of the tables.
    fn bit_by_bit(bytes: &[u8]) -> u16 {
        bytes.iter().fold(0xFFFF, |register, byte| {
            (0..8).fold(register ^ (u16::from(*byte) << 8), |r, _| {
                if r & 0x8000 == 0 { r << 1 } else { (r << 1) ^ 0x1021 }
            })
        })
    }

    #[test]
    fn catalogue_check_value() {
        assert_eq!(crc16(b"123456789"), 0x29B1);
        assert_eq!(crc16(b""), 0xFFFF, "nothing read leaves the initial value");
    }

    proptest! {
        #[test]
        fn equals_the_definition(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            prop_assert_eq!(crc16(&bytes), bit_by_bit(&bytes));
        }
    }
}
