//! The class's colour on paper: the accent of the stylesheet's light scheme.

use krilla::color::rgb;

/// Chroma and hue of `accent-1` to `accent-8`, as the stylesheet has them (a test compares).
const ACCENTS: [(f32, f32); 8] = [
    (0.075, 222.0),
    (0.15, 262.0),
    (0.15, 300.0),
    (0.14, 350.0),
    (0.12, 30.0),
    (0.09, 65.0),
    (0.1, 130.0),
    (0.075, 172.0),
];
/// Lightness of words in the accent.
const LIGHTNESS: f32 = 0.45;

/// The inks of one certificate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inks {
    pub accent: rgb::Color,
    /// Lines that only hold the page together.
    pub faint: rgb::Color,
    pub ink: rgb::Color,
    pub soft: rgb::Color,
}

impl Inks {
    /// Of the accent of that number, 1 to 8.
    pub fn of_accent(number: i16) -> Self {
        let index = usize::try_from(number - 1).unwrap_or_default().min(ACCENTS.len() - 1);
        let (chroma, hue) = ACCENTS[index];
        Self {
            accent: oklch(LIGHTNESS, chroma, hue),
            faint: oklch(0.86, chroma * 0.4, hue),
            ink: oklch(0.26, 0.014, 70.0),
            soft: oklch(0.46, 0.014, 70.0),
        }
    }
}

/// A colour by lightness, chroma and hue in sRGB (CSS Color Module Level 4, section 10).
fn oklch(lightness: f32, chroma: f32, hue: f32) -> rgb::Color {
    let (sin, cos) = hue.to_radians().sin_cos();
    let (red_green, yellow_blue) = (chroma * cos, chroma * sin);
    let cone = |of_a: f32, of_b: f32| (lightness + of_a * red_green + of_b * yellow_blue).powi(3);
    let (long, middle, short) =
        (cone(0.396_337_78, 0.215_803_76), cone(-0.105_561_346, -0.063_854_17), cone(-0.089_484_18, -1.291_485_5));
    rgb::Color::new(
        channel(4.076_741_7 * long - 3.307_711_6 * middle + 0.230_969_94 * short),
        channel(-1.268_438 * long + 2.609_757_4 * middle - 0.341_319_4 * short),
        channel(-0.004_196_086_3 * long - 0.703_418_6 * middle + 1.707_614_7 * short),
    )
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=255 before")]
fn channel(linear: f32) -> u8 {
    let encoded = if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 };
    (encoded * 255.0).round().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::{ACCENTS, LIGHTNESS, oklch};

    #[test]
    fn paper_and_screen_have_the_same_colours() {
        let css = include_str!("../../../../helper-ui/style/main.css");
        assert!(css.contains(&format!("--accent-l: {LIGHTNESS};")));
        for (number, (chroma, hue)) in (1..).zip(ACCENTS) {
            let rule = format!(".accent-{number} {{ --hue: {hue}; --chroma: {chroma}; }}");
            assert!(css.contains(&rule), "{rule}");
        }
    }

    #[test]
    fn the_arithmetic_is_that_of_css() {
        // The examples of the specification: white, black, and red.
        for (lch, rgb) in
            [((1.0, 0.0, 0.0), [255; 3]), ((0.0, 0.0, 0.0), [0; 3]), ((0.627_96, 0.257_68, 29.234), [255, 0, 0])]
        {
            let colour = oklch(lch.0, lch.1, lch.2);
            assert_eq!([colour.red(), colour.green(), colour.blue()], rgb);
        }
    }
}
