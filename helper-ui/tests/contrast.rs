//! Reads the colour tokens of the stylesheet and holds every pair that carries words to 4.5 : 1, in light
//! and dark, for each of the eight accents.

const CSS: &str = include_str!("../style/main.css");

/// A colour as the stylesheet writes it: lightness, chroma, hue in degrees.
#[derive(Debug, Clone, Copy)]
struct Oklch {
    l: f64,
    c: f64,
    h: f64,
}

impl Oklch {
    /// Linear sRGB; a channel outside 0 to 1 cannot be shown.
    fn linear_srgb(self) -> [f64; 3] {
        let (sin, cos) = self.h.to_radians().sin_cos();
        let (green_red, blue_yellow) = (self.c * cos, self.c * sin);
        let cone = |a: f64, b: f64| (self.l + a * green_red + b * blue_yellow).powi(3);
        let long = cone(0.396_337_777_4, 0.215_803_757_3);
        let medium = cone(-0.105_561_345_8, -0.063_854_172_8);
        let short = cone(-0.089_484_177_5, -1.291_485_548_0);
        [
            4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
            -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
            -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short,
        ]
    }

    fn luminance(self) -> f64 {
        let [r, g, b] = self.linear_srgb().map(|channel| channel.clamp(0.0, 1.0));
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn against(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// The tokens of one colour scheme.
struct Scheme {
    name: &'static str,
    css: &'static str,
}

impl Scheme {
    fn both() -> [Self; 2] {
        let (light, rest) = CSS.split_once("@media screen and (prefers-color-scheme: dark)").expect("a dark scheme");
        let (dark, _) = rest.split_once("\n}\n").expect("the dark scheme ends");
        [Self { name: "light", css: light }, Self { name: "dark", css: dark }]
    }

    fn value(&self, token: &str) -> &'static str {
        declared(self.css, token).unwrap_or_else(|| panic!("{} has no {token}", self.name))
    }

    fn number(&self, token: &str) -> f64 {
        self.value(token).parse().expect("a number")
    }

    fn colour(&self, token: &str) -> Oklch {
        let inner = self.value(token).strip_prefix("oklch(").and_then(|v| v.strip_suffix(')')).expect("oklch(…)");
        let parts: Vec<f64> = inner.split(' ').map(|part| part.parse().expect("a number")).collect();
        Oklch { l: parts[0], c: parts[1], h: parts[2] }
    }

    /// What the rule on `body` works out of an accent's chroma and hue.
    fn of_accent(&self, lightness: &str, chroma: &str, (c, h): (f64, f64)) -> Oklch {
        Oklch { l: self.number(lightness), c: c * self.number(chroma), h }
    }
}

fn declared(css: &'static str, token: &str) -> Option<&'static str> {
    let (_, rest) = css.split_once(&format!("{token}: "))?;
    rest.split_once(';').map(|(value, _)| value)
}

/// Chroma and hue of pages without a class, then of the eight accents.
fn accents() -> Vec<(String, (f64, f64))> {
    let mut rules = vec!["body { --hue".to_owned()];
    rules.extend((1..=8).map(|n| format!(".accent-{n} {{ --hue")));
    rules
        .into_iter()
        .map(|rule| {
            let at = CSS.find(&rule).unwrap_or_else(|| panic!("no {rule}"));
            let number = |token| declared(&CSS[at..], token).expect("declared").parse().expect("a number");
            (rule.clone(), (number("--chroma"), number("--hue")))
        })
        .collect()
}

#[test]
fn words_on_paper_reach_their_contrast() {
    for scheme in Scheme::both() {
        for words in ["--ink", "--ink-soft", "--success", "--warning", "--problem"] {
            for ground in ["--paper", "--sheet", "--shade"] {
                let ratio = scheme.colour(words).against(scheme.colour(ground));
                assert!(ratio >= 4.5, "{}: {words} on {ground} is {ratio:.2}", scheme.name);
            }
        }
        for tone in ["--success", "--warning", "--problem"] {
            let ground = format!("{tone}-soft");
            for words in ["--ink", tone] {
                let ratio = scheme.colour(words).against(scheme.colour(&ground));
                assert!(ratio >= 4.5, "{}: {words} on {ground} is {ratio:.2}", scheme.name);
            }
        }
    }
}

#[test]
fn every_colour_of_a_listing_can_be_read() {
    for scheme in Scheme::both() {
        for kind in ["comment", "keyword", "string", "number", "name", "type"] {
            let words = scheme.colour(&format!("--hl-{kind}"));
            let ratio = words.against(scheme.colour("--shade"));
            assert!(ratio >= 4.5, "{}: --hl-{kind} on --shade is {ratio:.2}", scheme.name);
            let shown = words.linear_srgb().iter().all(|channel| (-0.01..=1.01).contains(channel));
            assert!(shown, "{}: --hl-{kind} leaves sRGB: {:?}", scheme.name, words.linear_srgb());
        }
    }
}

#[test]
fn borders_of_fields_stand_out() {
    for scheme in Scheme::both() {
        for ground in ["--paper", "--sheet"] {
            let ratio = scheme.colour("--line-strong").against(scheme.colour(ground));
            assert!(ratio >= 3.0, "{}: --line-strong on {ground} is {ratio:.2}", scheme.name);
        }
    }
}

#[test]
fn every_accent_reads_in_both_schemes() {
    for scheme in Scheme::both() {
        for (name, hue) in accents() {
            let accent = scheme.of_accent("--accent-l", "--accent-c", hue);
            let hover = scheme.of_accent("--accent-l-hover", "--accent-c", hue);
            let soft = scheme.of_accent("--accent-soft-l", "--accent-soft-c", hue);
            let bar = scheme.of_accent("--bar-l", "--accent-c", hue);
            let pairs = [
                ("accent on paper", accent, scheme.colour("--paper")),
                ("accent on sheet", accent, scheme.colour("--sheet")),
                ("accent on its soft ground", accent, soft),
                ("words on the accent", scheme.colour("--on-accent"), accent),
                ("words on the accent under the pointer", scheme.colour("--on-accent"), hover),
                ("words on the bar", scheme.colour("--on-bar"), bar),
                ("ink on the soft ground", scheme.colour("--ink"), soft),
                ("soft ink on the soft ground", scheme.colour("--ink-soft"), soft),
            ];
            for (what, a, b) in pairs {
                let ratio = a.against(b);
                assert!(ratio >= 4.5, "{}, {name}: {what} is {ratio:.2}", scheme.name);
            }
        }
    }
}

#[test]
fn every_accent_can_be_shown() {
    for scheme in Scheme::both() {
        for (name, hue) in accents() {
            let colours =
                [("--accent-l", "--accent-c"), ("--accent-soft-l", "--accent-soft-c"), ("--bar-l", "--accent-c")];
            for (lightness, chroma) in colours {
                let channels = scheme.of_accent(lightness, chroma, hue).linear_srgb();
                let shown = channels.iter().all(|channel| (-0.01..=1.01).contains(channel));
                assert!(shown, "{}, {name}: {lightness} leaves sRGB: {channels:?}", scheme.name);
            }
        }
    }
}
