//! Files of any size that a careful server takes: each is really what it says it is, with noise for content.

use image::{
    ExtendedColorType, ImageEncoder,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};
use rand::{RngCore, rngs::StdRng};
use std::{
    io::{Cursor, Write},
    sync::Arc,
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// How many kinds there are.
pub const KINDS: u32 = 4;
/// Largest picture: that of a telephone, three bytes a pixel.
const MAX_PICTURE_BYTES: usize = 36_000_000;

/// A file and what its name ends with.
pub struct File {
    pub ending: &'static str,
    pub content: Arc<Vec<u8>>,
}

/// A file of about `bytes` of kind 0 to 3.
pub fn of_kind(kind: u32, bytes: usize, rng: &mut StdRng) -> File {
    let (ending, content) = match kind {
        0 => ("pdf", [b"%PDF-1.4\n".to_vec(), noise(bytes, rng), b"\n%%EOF\n".to_vec()].concat()),
        1 => ("mp4", film(bytes, rng)),
        2 => ("zip", packed(&[("noise", &noise(bytes, rng))])),
        _ => ("png", picture(bytes, rng)),
    };
    File { ending, content: Arc::new(content) }
}

/// Bytes without any order.
pub fn noise(bytes: usize, rng: &mut StdRng) -> Vec<u8> {
    let mut noise = vec![0; bytes];
    rng.fill_bytes(&mut noise);
    noise
}

fn film(bytes: usize, rng: &mut StdRng) -> Vec<u8> {
    let part = |kind: &[u8; 4], content: Vec<u8>| {
        let length = u32::try_from(content.len() + 8).expect("films are short here");
        [length.to_be_bytes().to_vec(), kind.to_vec(), content].concat()
    };
    [part(b"ftyp", b"isom\0\0\0\0".to_vec()), part(b"mdat", noise(bytes, rng)), part(b"moov", vec![0; 100])].concat()
}

/// An archive of these entries, not made smaller.
pub fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
    zipped(entries, CompressionMethod::Stored)
}

/// An archive of these entries.
pub fn zipped(entries: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).expect("the names differ");
        writer.write_all(content).expect("memory takes everything");
    }
    writer.finish().expect("memory takes everything").into_inner()
}

fn picture(bytes: usize, rng: &mut StdRng) -> Vec<u8> {
    let width = 2000_usize;
    let height = bytes.min(MAX_PICTURE_BYTES) / 3 / width;
    let pixels = noise(width * height * 3, rng);
    let mut content = Vec::new();
    PngEncoder::new_with_quality(&mut content, CompressionType::Fast, FilterType::NoFilter)
        .write_image(
            &pixels,
            u32::try_from(width).expect("small"),
            u32::try_from(height).expect("small"),
            ExtendedColorType::Rgb8,
        )
        .expect("the sizes fit");
    content
}
