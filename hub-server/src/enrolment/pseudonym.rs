//! Names to offer to whoever does not want to use their own: "Curious Otter 17".

use crate::web::Lang;
use server_kit::entropy::Entropy;

const ENGLISH_QUALITIES: [&str; 32] = [
    "Curious",
    "Brave",
    "Clever",
    "Cheerful",
    "Gentle",
    "Quick",
    "Sunny",
    "Patient",
    "Merry",
    "Calm",
    "Bold",
    "Bright",
    "Lucky",
    "Nimble",
    "Noble",
    "Playful",
    "Quiet",
    "Kind",
    "Swift",
    "Witty",
    "Dreamy",
    "Fearless",
    "Friendly",
    "Golden",
    "Silver",
    "Starry",
    "Wandering",
    "Musical",
    "Snowy",
    "Stormy",
    "Tidy",
    "Thoughtful",
];

const ENGLISH_ANIMALS: [&str; 32] = [
    "Otter",
    "Falcon",
    "Badger",
    "Dolphin",
    "Heron",
    "Lynx",
    "Panda",
    "Robin",
    "Tiger",
    "Koala",
    "Marten",
    "Puffin",
    "Salmon",
    "Turtle",
    "Walrus",
    "Zebra",
    "Beaver",
    "Camel",
    "Dragonfly",
    "Eagle",
    "Gecko",
    "Hedgehog",
    "Ibex",
    "Jaguar",
    "Lemur",
    "Moose",
    "Newt",
    "Owl",
    "Penguin",
    "Raven",
    "Seal",
    "Squirrel",
];

/// Animals with their grammatical gender: true is feminine.
const SPANISH_ANIMALS: [(&str, bool); 32] = [
    ("Nutria", true),
    ("Halcón", false),
    ("Tejón", false),
    ("Delfín", false),
    ("Garza", true),
    ("Lince", false),
    ("Panda", false),
    ("Petirrojo", false),
    ("Tigre", false),
    ("Koala", false),
    ("Marta", true),
    ("Frailecillo", false),
    ("Salmón", false),
    ("Tortuga", true),
    ("Morsa", true),
    ("Cebra", true),
    ("Castor", false),
    ("Camello", false),
    ("Libélula", true),
    ("Águila", true),
    ("Salamandra", true),
    ("Erizo", false),
    ("Cabra", true),
    ("Jaguar", false),
    ("Lémur", false),
    ("Alce", false),
    ("Tritón", false),
    ("Lechuza", true),
    ("Pingüino", false),
    ("Cuervo", false),
    ("Foca", true),
    ("Ardilla", true),
];

/// Masculine and feminine.
const SPANISH_QUALITIES: [(&str, &str); 24] = [
    ("Curioso", "Curiosa"),
    ("Valiente", "Valiente"),
    ("Listo", "Lista"),
    ("Alegre", "Alegre"),
    ("Amable", "Amable"),
    ("Rápido", "Rápida"),
    ("Paciente", "Paciente"),
    ("Tranquilo", "Tranquila"),
    ("Audaz", "Audaz"),
    ("Brillante", "Brillante"),
    ("Ágil", "Ágil"),
    ("Noble", "Noble"),
    ("Juguetón", "Juguetona"),
    ("Silencioso", "Silenciosa"),
    ("Veloz", "Veloz"),
    ("Ingenioso", "Ingeniosa"),
    ("Soñador", "Soñadora"),
    ("Intrépido", "Intrépida"),
    ("Dorado", "Dorada"),
    ("Plateado", "Plateada"),
    ("Viajero", "Viajera"),
    ("Musical", "Musical"),
    ("Nevado", "Nevada"),
    ("Estrellado", "Estrellada"),
];

/// A name to offer.
pub fn offer(lang: Lang, entropy: &Entropy) -> String {
    let number = 10 + entropy.below(90);
    match lang {
        Lang::English => {
            format!("{} {} {number}", pick(&ENGLISH_QUALITIES, entropy), pick(&ENGLISH_ANIMALS, entropy))
        }
        Lang::Spanish => {
            let (animal, feminine) = pick(&SPANISH_ANIMALS, entropy);
            let (masculine_form, feminine_form) = pick(&SPANISH_QUALITIES, entropy);
            format!("{animal} {} {number}", if feminine { feminine_form } else { masculine_form })
        }
    }
}

fn pick<T: Copy>(list: &[T], entropy: &Entropy) -> T {
    let bound = u32::try_from(list.len()).expect("the lists are short");
    list[entropy.below(bound) as usize]
}

#[cfg(test)]
mod tests {
    use super::offer;
    use crate::{enrolment::DisplayName, web::Lang};
    use server_kit::entropy::Entropy;

    #[test]
    fn every_offer_is_an_accepted_name() {
        let entropy = Entropy::seeded(7);
        for lang in Lang::ALL {
            for _ in 0..200 {
                let name = offer(lang, &entropy);
                assert_eq!(DisplayName::parse(&name).map(|name| name.as_str().to_owned()), Ok(name));
            }
        }
    }
}
