//! Writes every piece, and a lesson page with the chat, as static HTML: for looking at, and for checking
//! with a screen reader or axe.
//!
//! `cargo run -p helper-ui --features ssr --example style_guide -- FOLDER`; the pages expect the folder that
//! `xtask assets` fills under `/pkg`, by the names main.css, icon.svg, chat.js and chat.wasm.

use helper_ui::{
    chat::{ChatSetup, LessonChat},
    document::{Accent, Document, IslandAssets, PageAssets},
    ui::{
        Actions, Breadcrumbs, Button, ButtonLink, Card, Checkbox, Choice, CodeField, CodeKind, DefinitionList, Drawing,
        EmptyState, ErrorSummary, FieldProblem, Footer, IconName, LinkList, LinkRow, Main, NavLink, Notice, PageHeader,
        PasswordField, PictureWord, PostForm, Prose, ReturnCard, ReturnCardWords, Section, Select, StatusWord, Table,
        Tabs, TextArea, TextField, Tone, TopBar, Weight, Width, WithAside,
    },
};
use leptos::{nonce::Nonce, prelude::*};
use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    let folder = std::env::args().nth(1).expect("name a folder to write to");
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    write(folder, "join", || page(None, false, joining()))?;
    write(folder, "return-card", || page(Accent::new(4), false, return_card()))?;
    write(folder, "class", || page(Accent::new(2), false, class()))?;
    write(folder, "student", || page(Accent::new(7), false, student()))?;
    write(folder, "empty", || page(Accent::new(5), false, empty()))?;
    write(folder, "lesson", || page(Accent::new(1), true, lesson()))?;
    for number in 1..=Accent::COUNT {
        write(folder, &format!("accent-{number}"), || page(Accent::new(number), false, student()))?;
    }
    Ok(())
}

fn write<V: IntoView>(folder: &Path, name: &str, page: impl FnOnce() -> V) -> io::Result<()> {
    let html = Owner::new().with(|| {
        provide_context(Nonce::from_value("style-guide"));
        page().into_view().to_html()
    });
    fs::write(folder.join(name).with_extension("html"), html)
}

fn page(accent: Option<Accent>, island: bool, body: impl IntoView + 'static) -> impl IntoView {
    let island = island.then(|| IslandAssets { js: "/pkg/chat.js".into(), wasm: "/pkg/chat.wasm".into() });
    let assets = PageAssets { css: "/pkg/main.css".into(), icon: "/pkg/icon.svg".into(), island };
    let place = accent.map(|_| "7b Computing".to_owned());
    view! {
        <Document title="Style guide" lang="en" skip="Skip to the content" assets accent>
            <TopBar home="/" label="Main" place>
                <span>"Curious Otter 17"</span>
                <PostForm action="/sign-out" csrf="x" inline=true>
                    <Button weight=Weight::Secondary>"Sign out"</Button>
                </PostForm>
            </TopBar>
            {body}
            <Footer>
                <span>"Class Hub of Lindenschule"</span>
                <a href="/privacy">"What is stored about me"</a>
            </Footer>
        </Document>
    }
}

fn joining() -> impl IntoView {
    let problems = vec![FieldProblem { field: "class_code".into(), message: "No class has this code.".into() }];
    view! {
        <Main width=Width::Narrow>
            <PageHeader title="Join your class" lead="Your teacher has the class code." />
            <ErrorSummary title="One thing needs another look" problems />
            <Card>
                <PostForm action="/join" csrf="x">
                    <CodeField
                        label="Class code"
                        name="class_code"
                        kind=CodeKind::Letters
                        value="ABCD-EFGH"
                        hint="8 letters and digits, with or without the dash"
                        error="No class has this code.".to_owned()
                    />
                    <TextField label="Your name in this class" name="name" hint="A made-up name is fine." />
                    <PasswordField label="Password" name="password" />
                    <Select
                        label="Language"
                        name="lang"
                        choices=vec![Choice::new("en", "English"), Choice::new("es", "Español")]
                        value="es"
                    />
                    <TextArea label="What did you find out?" name="answer" value="</textarea><b>bold</b>" rows=3 />
                    <Checkbox label="Remember this device" name="remember" checked=true />
                    <Button>"Join"</Button>
                </PostForm>
            </Card>
            <Notice tone=Tone::Warning word="Careful." announce=true>
                "This class is locked; ask your teacher to let you in."
            </Notice>
            <Notice tone=Tone::Success word="Done." announce=false>
                "You have left the class."
            </Notice>
            <Notice tone=Tone::Problem word="Not saved.">"The file is larger than 10 MB."</Notice>
            <Notice word="Good to know.">"Your teacher sees what you hand in."</Notice>
        </Main>
    }
}

fn return_card() -> impl IntoView {
    let picture = |picture: &str, word: &str| PictureWord { picture: picture.into(), word: word.into() };
    let words = ReturnCardWords {
        title: "Your return card".into(),
        facts: vec![
            ("Name".into(), "Curious Otter 17".into()),
            ("Class".into(), "7b Computing".into()),
            ("Class code".into(), "ABCD-EFGH".into()),
        ],
        code_label: "Return code".into(),
        code: "K7M2QX".into(),
        pictures_label: "The same in pictures".into(),
        pictures: vec![picture("", "moon"), picture("", "boat"), picture("", "fox"), picture("", "kite")],
    };
    view! {
        <Main width=Width::Narrow>
            <PageHeader
                title="Welcome, Curious Otter 17"
                lead="Write this down or print it: on another device it is the only way back to your work."
            />
            <ReturnCard words />
            <Actions>
                <ButtonLink href="/student">"I have written it down"</ButtonLink>
                <ButtonLink href="/card" weight=Weight::Secondary>
                    "Print the card"
                </ButtonLink>
            </Actions>
        </Main>
    }
}

fn class() -> impl IntoView {
    let tab = |href: &str, label: &str, current| NavLink::new(href, label, current);
    let row = |name: &str, word: &str, tone, seen: &str| {
        let (name, word, seen) = (name.to_owned(), word.to_owned(), seen.to_owned());
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>
                    <StatusWord word tone />
                </td>
                <td>{seen}</td>
                <td class="number">"12"</td>
                <td>
                    <Button weight=Weight::Quiet>"Sign out"</Button>
                </td>
            </tr>
        }
    };
    view! {
        <Main width=Width::Wide>
            <Breadcrumbs label="Way here" above=vec![NavLink::new("/teach", "My classes", false)] here="7b Computing" />
            <PageHeader title="7b Computing" lead="Three students, course “Signals”">
                <ButtonLink href="/print" weight=Weight::Secondary>
                    "Print the join card"
                </ButtonLink>
                <ButtonLink href="/lessons">"Open the next lesson"</ButtonLink>
            </PageHeader>
            <Tabs
                label="Parts of the class"
                links=vec![
                    tab("/today", "Today", false),
                    tab("/lessons", "Lessons", false),
                    tab("/roster", "Roster", true),
                    tab("/work", "Work", false),
                    tab("/gradebook", "Gradebook", false),
                    tab("/settings", "Settings", false),
                ]
            />
            <Table
                caption="Roster"
                headings=["Name", "State", "Last seen", "Questions", "Do"].map(String::from).to_vec()
            >
                {row("Jonas", "Here", Tone::Success, "just now")}
                {row("Lena", "Waiting to be let in", Tone::Warning, "2 minutes ago")}
                {row("Thoughtful Heron 3 with a rather long name", "Signed out", Tone::Info, "yesterday")}
            </Table>
            <Section title="How to join">
                <DefinitionList items=vec![
                    ("Address".into(), "https://class.example/".into()),
                    ("Class code".into(), "ABCD-EFGH".into()),
                ] />
                <PostForm action="/rotate" csrf="x">
                    <Button weight=Weight::Danger>"Change the class code"</Button>
                </PostForm>
            </Section>
        </Main>
    }
}

fn student() -> impl IntoView {
    view! {
        <Main>
            <PageHeader title="Hello, Curious Otter 17" />
            <section class="card card-next">
                <h2>"Next: Make a signal that survives noise"</h2>
                <p>"Lesson 2 of 4, about 40 minutes"</p>
                <Actions>
                    <ButtonLink href="/lesson">"Open the lesson"</ButtonLink>
                </Actions>
            </section>
            <Section title="All lessons">
                <LinkList>
                    <LinkRow href="/1" title="What a signal is" detail="Lesson 1, 30 minutes".to_owned()>
                        <StatusWord word="Done" tone=Tone::Success />
                    </LinkRow>
                    <LinkRow href="/2" title="Make a signal that survives noise" detail="Lesson 2".to_owned()>
                        <StatusWord word="To do" icon=IconName::ToDo />
                    </LinkRow>
                    <LinkRow href="/3" title="Ciphers" detail="Opens on 1 December at 8:00".to_owned()>
                        <StatusWord word="Locked" icon=IconName::Lock />
                    </LinkRow>
                </LinkList>
            </Section>
        </Main>
    }
}

fn empty() -> impl IntoView {
    let state = |drawing, title: &str| {
        view! {
            <EmptyState drawing title text="Students appear here as soon as they join with the class code.">
                <ButtonLink href="/card">"Show the join card"</ButtonLink>
            </EmptyState>
        }
    };
    view! {
        <Main>
            <PageHeader title="Empty states" />
            {state(Drawing::Desks, "Nobody has joined yet")}
            {state(Drawing::Book, "No lessons yet")}
            {state(Drawing::Signpost, "There is no such page")}
            {state(Drawing::Resting, "The helper is resting")}
        </Main>
    }
}

const LESSON: &str = r##"<p>A <strong>signal</strong> carries a message from one place to another. See <a href="#noise">noise</a>.</p>
<h2 id="parts">Parts</h2><ul><li>Sender</li><li>Channel<ul><li>wire</li><li>light</li></ul></li></ul>
<h2>Check yourself</h2><ul><li><input type="checkbox" disabled checked aria-label="I can name three signals"> I can name three signals</li><li><input type="checkbox" disabled aria-label="I can add a check digit"> I can add a check digit to a number that is long enough to break over two lines of a phone</li></ul>
<h2 id="noise">Noise</h2><div class="table-scroll" tabindex="0"><table><thead><tr><th>Sent</th><th>Received</th><th>Right?</th><th>Remark</th></tr></thead><tbody><tr><td>1011</td><td>1001</td><td>no</td><td>third bit flipped</td></tr></tbody></table></div>
<p>The error rate is <math><mfrac><mi>e</mi><mi>n</mi></mfrac></math>, in <code>bits.py</code>:</p>
<pre tabindex="0"><code>def parity(bits):
    return sum(bits) % 2  # one for odd, nought for even, whatever the number of bits there are in the word</code></pre>
<math display="block"><mi>d</mi><mo>=</mo><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><msub><mi>b</mi><mi>i</mi></msub></math>
<blockquote><p>Information is the resolution of uncertainty.</p></blockquote>
<p>A footnote.<sup class="footnote-reference"><a href="#f1">1</a></sup></p>
<div class="footnote-definition" id="f1"><sup class="footnote-definition-label">1</sup><p>Told in lesson 4.</p></div>"##;

fn lesson() -> impl IntoView {
    let setup = ChatSetup {
        token: "v1.first.mac".into(),
        token_expires_at: 4_000_000_000,
        actor: "lena".into(),
        lesson: Some("01990000-0000-7000-8000-000000000001".into()),
        lang: "en".into(),
        csrf: "csrf-of-lena".into(),
        availability: shared_types::scope::Availability::default(),
        renew_url: "/student/helper-token".into(),
        sign_in_url: "/".into(),
        idempotency_key: "01990000-0000-4000-8000-000000000002".into(),
    };
    let chat = view! { <LessonChat setup /> }.into_any();
    view! {
        <Main width=Width::Wide>
            <Breadcrumbs label="Way here" above=vec![NavLink::new("/student", "My class", false)] here="Signals" />
            <PageHeader title="Make a signal that survives noise" lead="About 40 minutes" />
            <WithAside aside=chat label="Helper" jump="Ask the helper">
                <Prose sanitised_html=LESSON />
            </WithAside>
        </Main>
    }
}
