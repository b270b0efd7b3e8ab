//! Pictures: measured first, then decoded once, one at a time, to see that they are whole and to make a small one.
//!
//! What classmates see in a gallery is the small one, and of large ones one that fits on a page, both painted anew: whatever
//! else was hidden in the file is not in it.

use super::{FileKind, Refusal, Thumbnail, tail};
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder, metadata::Orientation,
};
use std::{
    fs::File,
    io::{BufRead, BufReader, Cursor, Seek},
    path::Path,
    sync::{Mutex, PoisonError},
};

/// Larger pictures are refused: decoded they would take more memory than is there for them.
pub const MAX_MEGAPIXELS: u64 = 40;
/// What a decoder may take, beside the picture itself.
const MAX_BYTES: u64 = 200 * 1024 * 1024;
/// A file so long is read by no decoder of ours, whatever it holds.
const MAX_FILE_BYTES: u64 = 64_000_000;
/// Width and height the small picture fits into.
const SMALL: (u32, u32) = (480, 360);
/// The same of one that is looked at by itself: twice a page's width, for fine screens.
const PAGE: (u32, u32) = (1920, 1440);

/// One picture is decoded at a time.
static DECODING: Mutex<()> = Mutex::new(());

/// Checks a picture and makes the small one.
pub(super) fn check(path: &Path, kind: FileKind) -> Result<Thumbnail, Refusal> {
    let file = File::open(path).map_err(|_| Refusal::Damaged)?;
    let length = file.metadata().map_err(|_| Refusal::Damaged)?.len();
    if length > MAX_FILE_BYTES {
        return Err(Refusal::TooLarge { max_bytes: MAX_FILE_BYTES });
    }
    let format = format_of(kind);
    // Decoders fill up what is missing of a photo with grey.
    if format == ImageFormat::Jpeg && !ends_as_jpeg(path) {
        return Err(Refusal::Damaged);
    }
    small(BufReader::new(file), Some(format), SMALL)
}

/// A picture that was checked, so that it fits on a page.
pub(super) fn for_page(path: &Path, kind: FileKind) -> Result<Thumbnail, Refusal> {
    let file = File::open(path).map_err(|_| Refusal::Damaged)?;
    small(BufReader::new(file), Some(format_of(kind)), PAGE)
}

const fn format_of(kind: FileKind) -> ImageFormat {
    match kind {
        FileKind::Png => ImageFormat::Png,
        FileKind::Gif => ImageFormat::Gif,
        FileKind::Webp => ImageFormat::WebP,
        _ => ImageFormat::Jpeg,
    }
}

/// The same for a picture that comes out of something else; the format is told from its content.
pub(super) fn small_of(content: Vec<u8>) -> Result<Thumbnail, Refusal> {
    small(Cursor::new(content), None, SMALL)
}

fn small(
    from: impl BufRead + Seek,
    format: Option<ImageFormat>,
    (most_wide, most_high): (u32, u32),
) -> Result<Thumbnail, Refusal> {
    let _alone = DECODING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut reader = ImageReader::new(from);
    match format {
        Some(format) => reader.set_format(format),
        None => reader = reader.with_guessed_format().map_err(|_| Refusal::Damaged)?,
    }
    // Only memory: width and height are judged below, where they can be named.
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Refusal::Damaged)?;
    let (width, height) = decoder.dimensions();
    let megapixels = (u64::from(width) * u64::from(height)).div_ceil(1_000_000);
    if megapixels > MAX_MEGAPIXELS {
        return Err(Refusal::TooManyPixels { megapixels, most: MAX_MEGAPIXELS });
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|_| Refusal::Damaged)?;
    let is_larger = width > most_wide || height > most_high;
    let mut small = if is_larger { picture.thumbnail(most_wide, most_high) } else { picture };
    small.apply_orientation(orientation);
    painted(&small)
}

/// As JPEG, or as PNG where parts of it can be seen through.
fn painted(picture: &DynamicImage) -> Result<Thumbnail, Refusal> {
    let mut content = Vec::new();
    if picture.color().has_alpha() {
        let written =
            DynamicImage::ImageRgba8(picture.to_rgba8()).write_to(&mut Cursor::new(&mut content), ImageFormat::Png);
        written.map_err(|_| Refusal::Damaged)?;
        return Ok(Thumbnail { content_type: "image/png", content });
    }
    let encoder = JpegEncoder::new_with_quality(&mut content, 80);
    picture.to_rgb8().write_with_encoder(encoder).map_err(|_| Refusal::Damaged)?;
    Ok(Thumbnail { content_type: "image/jpeg", content })
}

/// Whether the end mark stands near the end; telephones put more pictures after it.
fn ends_as_jpeg(path: &Path) -> bool {
    tail(path, 1 << 20).is_ok_and(|end| end.windows(2).any(|mark| mark == b"\xff\xd9"))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::submission::check::{FileKind, Refusal, samples::Sample};
    use image::{DynamicImage, ImageFormat, RgbImage, RgbaImage};
    use std::io::Cursor;

    fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut content = Vec::new();
        picture.write_to(&mut Cursor::new(&mut content), format).unwrap();
        content
    }

    fn low(number: u32) -> u8 {
        number.to_le_bytes()[0]
    }

    #[test]
    fn a_picture_is_decoded_and_painted_small() {
        let photo = DynamicImage::ImageRgb8(RgbImage::from_fn(1200, 600, |x, y| image::Rgb([low(x), low(y), 7])));
        for (format, kind) in [(ImageFormat::Png, FileKind::Png), (ImageFormat::Jpeg, FileKind::Jpeg)] {
            let small = check(&Sample::of(&written(&photo, format)).0, kind).unwrap();
            assert_eq!(small.content_type, "image/jpeg");
            let small = image::load_from_memory(&small.content).unwrap();
            assert_eq!((small.width(), small.height()), (480, 240));
        }
        let clear = DynamicImage::ImageRgba8(RgbaImage::new(10, 10));
        for (format, kind) in [(ImageFormat::Gif, FileKind::Gif), (ImageFormat::WebP, FileKind::Webp)] {
            let small = check(&Sample::of(&written(&clear, format)).0, kind).unwrap();
            assert_eq!(small.content_type, "image/png", "{kind:?}");
        }
    }

    #[test]
    fn too_many_pixels_are_counted_before_any_of_them_is_decoded() {
        let mut png = written(&DynamicImage::ImageRgb8(RgbImage::new(1, 1)), ImageFormat::Png);
        for (width, height, megapixels) in [(65_535_u32, 65_535_u32, 4_295), (100_000, 500, 50), (7_000, 6_000, 42)] {
            png[16..20].copy_from_slice(&width.to_be_bytes());
            png[20..24].copy_from_slice(&height.to_be_bytes());
            let checksum = crc32(&png[12..29]);
            png[29..33].copy_from_slice(&checksum.to_be_bytes());
            let refusal = check(&Sample::of(&png).0, FileKind::Png).map(drop).unwrap_err();
            assert_eq!(refusal, Refusal::TooManyPixels { megapixels, most: 40 });
        }
    }

    /// As a PNG's parts carry it (ISO 3309).
    fn crc32(content: &[u8]) -> u32 {
        !content.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
        })
    }

    #[test]
    fn what_was_cut_off_is_damaged() {
        let photo =
            DynamicImage::ImageRgb8(RgbImage::from_fn(300, 300, |x, y| image::Rgb([low(x), low(y), low(x * y)])));
        for (format, kind) in [
            (ImageFormat::Png, FileKind::Png),
            (ImageFormat::Jpeg, FileKind::Jpeg),
            (ImageFormat::Gif, FileKind::Gif),
            (ImageFormat::WebP, FileKind::Webp),
        ] {
            let whole = written(&photo, format);
            let half = check(&Sample::of(&whole[..whole.len() / 2]).0, kind);
            assert_eq!(half.map(drop).unwrap_err(), Refusal::Damaged, "{kind:?}");
        }
    }

    #[test]
    fn what_was_hidden_behind_a_picture_is_not_in_the_small_one() {
        let mut polyglot = written(&DynamicImage::ImageRgb8(RgbImage::new(20, 20)), ImageFormat::Png);
        polyglot.extend(b"<script>alert(1)</script>");
        let small = check(&Sample::of(&polyglot).0, FileKind::Png).unwrap();
        assert!(!small.content.windows(7).any(|bytes| bytes == b"<script"));
        // The picture whose header is a comment of JavaScript is no picture.
        let script = b"GIF89a/*\x01\0\x80\0\0*/=1;alert(1)//\0;";
        assert_eq!(check(&Sample::of(script).0, FileKind::Gif).map(drop).unwrap_err(), Refusal::Damaged);
    }
}
