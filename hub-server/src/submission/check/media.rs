//! PDF, MP3 and MP4: not understood, but whole.

use super::{Refusal, tail};
use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::Path,
};

/// A PDF ends with its end mark, give or take what some printers put after it.
pub(super) fn pdf(path: &Path) -> Result<(), Refusal> {
    let end = tail(path, 4096).map_err(|_| Refusal::Damaged)?;
    if end.windows(5).any(|mark| mark == b"%%EOF") { Ok(()) } else { Err(Refusal::Damaged) }
}

/// An MP4 is a row of boxes that ends where the file ends, and has an index.
pub(super) fn mp4(path: &Path) -> Result<(), Refusal> {
    match boxes(path) {
        Ok(true) => Ok(()),
        Ok(false) | Err(_) => Err(Refusal::Damaged),
    }
}

fn boxes(path: &Path) -> io::Result<bool> {
    let mut file = BufReader::new(File::open(path)?);
    let length = file.get_ref().metadata()?.len();
    let (mut at, mut index) = (0_u64, false);
    // A film has a handful of boxes, one in pieces some hundreds.
    for _ in 0..100_000 {
        if at == length {
            return Ok(index);
        }
        file.seek(SeekFrom::Start(at))?;
        let mut head = [0; 8];
        file.read_exact(&mut head)?;
        index |= &head[4..] == b"moov";
        let size = match u32::from_be_bytes([head[0], head[1], head[2], head[3]]) {
            0 => length - at,
            1 => {
                let mut large = [0; 8];
                file.read_exact(&mut large)?;
                u64::from_be_bytes(large).max(16)
            }
            size => u64::from(size).max(8),
        };
        at = match at.checked_add(size) {
            Some(next) if next <= length => next,
            _ => return Ok(false),
        };
    }
    Ok(false)
}

/// After its tags an MP3 has frames, each of which says where the next one begins.
pub(super) fn mp3(path: &Path) -> Result<(), Refusal> {
    match frames(path) {
        Ok(true) => Ok(()),
        Ok(false) | Err(_) => Err(Refusal::Damaged),
    }
}

fn frames(path: &Path) -> io::Result<bool> {
    const ENOUGH: usize = 4;
    let mut file = BufReader::new(File::open(path)?);
    let length = file.get_ref().metadata()?.len();
    let mut at = after_tag(&mut file)?;
    for frame in 0..ENOUGH {
        if at == length {
            // A very short sound.
            return Ok(frame > 0);
        }
        file.seek(SeekFrom::Start(at))?;
        let mut head = [0; 4];
        file.read_exact(&mut head)?;
        let Some(size) = frame_bytes(head) else { return Ok(false) };
        at += size;
        if at > length {
            return Ok(false);
        }
    }
    Ok(true)
}

fn after_tag(file: &mut BufReader<File>) -> io::Result<u64> {
    let mut head = [0; 10];
    file.read_exact(&mut head)?;
    if !head.starts_with(b"ID3") {
        return Ok(0);
    }
    // Seven bits a byte, so that no size looks like a frame.
    let size = head[6..].iter().fold(0_u64, |size, byte| (size << 7) | u64::from(byte & 0x7f));
    let footer = if head[5] & 0x10 == 0 { 0 } else { 10 };
    let mut at = 10 + size + footer;
    // Some programs pad with zeros.
    file.seek(SeekFrom::Start(at))?;
    let mut padding = file.by_ref().take(64 * 1024).bytes();
    while let Some(Ok(0)) = padding.next() {
        at += 1;
    }
    Ok(at)
}

/// Length of a layer III frame (ISO 11172-3, 2.4.1.3), header included.
fn frame_bytes(head: [u8; 4]) -> Option<u64> {
    const RATES_1: [u64; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const RATES_2: [u64; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    if head[0] != 0xff || head[1] & 0xe6 != 0xe2 {
        return None;
    }
    let version = (head[1] >> 3) & 3;
    let (rates, hertz, factor) = match version {
        3 => (RATES_1, [44_100, 48_000, 32_000], 144_000),
        2 => (RATES_2, [22_050, 24_000, 16_000], 72_000),
        0 => (RATES_2, [11_025, 12_000, 8_000], 72_000),
        _ => return None,
    };
    let rate = *rates.get(usize::from(head[2] >> 4)).filter(|rate| **rate > 0)?;
    let hertz: u64 = *hertz.get(usize::from((head[2] >> 2) & 3))?;
    Some(factor * rate / hertz + u64::from((head[2] >> 1) & 1))
}

#[cfg(test)]
mod tests {
    use super::{frame_bytes, mp3, mp4, pdf};
    use crate::submission::check::{Refusal, samples::Sample};

    fn box_of(kind: [u8; 4], bytes: usize) -> Vec<u8> {
        let mut all = u32::try_from(bytes + 8).unwrap().to_be_bytes().to_vec();
        all.extend(kind);
        all.resize(bytes + 8, 7);
        all
    }

    #[test]
    fn a_film_ends_with_a_box_and_has_an_index() {
        let whole = [box_of(*b"ftyp", 16), box_of(*b"mdat", 1000), box_of(*b"moov", 100)].concat();
        assert_eq!(mp4(&Sample::of(&whole).0), Ok(()));
        for cut in [whole.len() - 1, 500, 30] {
            assert_eq!(mp4(&Sample::of(&whole[..cut]).0), Err(Refusal::Damaged), "{cut}");
        }
        assert_eq!(mp4(&Sample::of(&box_of(*b"ftyp", 16)).0), Err(Refusal::Damaged));
    }

    #[test]
    fn a_sound_has_frames_one_after_the_other() {
        assert_eq!(frame_bytes([0xff, 0xfb, 0x90, 0x64]), Some(417));
        let mut frame = vec![0xff, 0xfb, 0x90, 0x64];
        frame.resize(417, 0x55);
        let sound = frame.repeat(6);
        assert_eq!(mp3(&Sample::of(&sound).0), Ok(()));
        let tagged = [&b"ID3\x04\0\0\0\0\0\x05hello"[..], &sound].concat();
        assert_eq!(mp3(&Sample::of(&tagged).0), Ok(()));
        assert_eq!(mp3(&Sample::of(&frame[..300]).0), Err(Refusal::Damaged));
        assert_eq!(
            mp3(&Sample::of(&[&b"ID3\x04\0\0\0\0\0\x05hello"[..], &[7; 5000]].concat()).0),
            Err(Refusal::Damaged)
        );
    }

    #[test]
    fn a_page_of_print_has_its_end_mark() {
        assert_eq!(pdf(&Sample::of(b"%PDF-1.4\nhello\n%%EOF\n").0), Ok(()));
        assert_eq!(pdf(&Sample::of(b"%PDF-1.4\n").0), Err(Refusal::Damaged));
    }
}
