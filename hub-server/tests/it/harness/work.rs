//! Modules and materials put straight into a class, for tests about what becomes of them.

use super::TestApp;
use chrono::{DateTime, Utc};
use hub_server::material::{
    Criterion, Item, Level, Settings,
    kind::Handing,
    store::{self, Wanted},
};
use shared_types::ids::{ClassroomId, LessonId, MaterialId, ModuleId, StudentId};

impl TestApp {
    /// A module of Amira's class.
    pub async fn module(&self, title: &str) -> ModuleId {
        self.module_in(self.people.physics.id, title, None).await
    }

    /// A module of a class, of a lesson or of none.
    pub async fn module_in(&self, classroom: ClassroomId, title: &str, lesson: Option<LessonId>) -> ModuleId {
        let id = self.app.new_id();
        sqlx::query(
            "insert into modules (id, classroom_id, title, position, lesson_id, created_at)
             select $1, $2, $3, 1 + count(*), $4, $5 from modules where classroom_id = $2",
        )
        .bind(id)
        .bind(classroom.0)
        .bind(title)
        .bind(lesson.map(|lesson| lesson.0))
        .bind(self.app.clock.now())
        .execute(&self.app.db)
        .await
        .unwrap();
        ModuleId(id)
    }

    /// The module that goes with a lesson of our course, emptied.
    pub async fn module_of(&self, lesson: LessonId) -> ModuleId {
        let sql = "with module as (select id from modules where classroom_id = $1 and lesson_id = $2),
                        emptied as (delete from materials using module where module_id = module.id)
                   select id from module";
        let id = sqlx::query_scalar(sql).bind(self.people.physics.id.0).bind(lesson.0);
        ModuleId(id.fetch_one(&self.app.db).await.unwrap())
    }

    /// A material at the end of a module.
    pub async fn material(&self, module: ModuleId, title: &str, settings: Settings) -> MaterialId {
        let mut db = self.app.db.acquire().await.unwrap();
        let count: i64 = sqlx::query_scalar("select count(*) from materials where module_id = $1")
            .bind(module.0)
            .fetch_one(&mut *db)
            .await
            .unwrap();
        let wanted = Wanted {
            origin: format!("test-{count}"),
            title: title.to_owned(),
            settings,
            lesson: None,
            position: i32::try_from(count).unwrap(),
        };
        let id = MaterialId(self.app.new_id());
        store::put_material(&mut db, id, module, &wanted, self.app.clock.now()).await.unwrap();
        id
    }

    /// Gives a material a date.
    pub async fn due(&self, material: MaterialId, at: DateTime<Utc>) {
        let due = sqlx::query("update materials set due_at = $2 where id = $1").bind(material.0).bind(at);
        due.execute(&self.app.db).await.unwrap();
    }

    /// A grade of 100 points, in hundredths, with a comment is given back for what the student has handed in.
    pub async fn given_back(&self, material: MaterialId, student: StudentId, points: Option<i32>, comment: &str) {
        sqlx::query(
            "insert into returned_grades (material_id, student_id, version, points, most, rubric, levels, comment,
                                          excused, late, work_at, returned_at)
             select $1, $2, 1, $3, 10000, '[]', '{}', $4, false, false,
                    (select handed_in_at from grades where material_id = $1 and student_id = $2), $5",
        )
        .bind(material.0)
        .bind(student.0)
        .bind(points)
        .bind(comment)
        .bind(self.app.clock.now())
        .execute(&self.app.db)
        .await
        .unwrap();
    }

    /// A student has handed in a file; without a file in the storage.
    pub async fn submission(&self, material: MaterialId, student: StudentId) {
        let (file, now) = (self.app.new_id(), self.app.clock.now());
        sqlx::query("insert into stored_files values ($1, 3, decode(repeat('00', 32), 'hex'), 'text/plain', $2)")
            .bind(file)
            .bind(now)
            .execute(&self.app.db)
            .await
            .unwrap();
        sqlx::query(
            "insert into submissions (id, material_id, student_id, version, file_id, file_name, submitted_at)
             values ($1, $2, $3, 1, $4, 'a.txt', $5)",
        )
        .bind(self.app.new_id())
        .bind(material.0)
        .bind(student.0)
        .bind(file)
        .bind(now)
        .execute(&self.app.db)
        .await
        .unwrap();
    }
}

/// A question.
pub fn reflection() -> Settings {
    Settings::Reflection { source: "What *surprised* you?".into(), html: "<p>What <em>surprised</em> you?</p>".into() }
}

/// Something to read.
pub fn text() -> Settings {
    Settings::Text { source: "Read **this**.".into(), html: "<p>Read <strong>this</strong>.</p>".into() }
}

/// An address.
pub fn link(url: &str) -> Settings {
    Settings::Link { url: Some(url.to_owned()) }
}

/// Three points with the ids `i1`, `i2`, `i3`.
pub fn checklist() -> Settings {
    let items = [("i1", "Plan it"), ("i2", "Build it"), ("i3", "Test it")];
    let items = items.map(|(id, text)| Item { id: id.to_owned(), text: text.to_owned() }).to_vec();
    Settings::Checklist { source: String::new(), html: String::new(), items }
}

/// Two criteria, `c1` and `c2`, of three levels each.
pub fn rubric() -> Settings {
    let levels: Vec<Level> = [("Not yet", 0), ("Nearly", 1), ("Yes", 2)]
        .map(|(title, points)| Level { title: title.into(), description: format!("{title}, it does."), points })
        .to_vec();
    let criteria = [("c1", "The code works"), ("c2", "It is tidy")];
    let criteria = criteria.map(|(id, title)| Criterion { id: id.into(), title: title.into(), levels: levels.clone() });
    Settings::Rubric { source: String::new(), html: String::new(), criteria: criteria.to_vec() }
}

/// A file.
pub fn upload() -> Settings {
    Settings::Upload(Handing {
        source: String::new(),
        html: String::new(),
        accepted: vec!["txt".to_owned()],
        max_bytes: 1_000_000,
        naming: None,
    })
}

impl TestApp {
    /// A published lesson of a course that Amira's class has.
    pub async fn lesson(&self, slug: &str) -> LessonId {
        let (course, lesson, now) = (self.app.new_id(), self.app.new_id(), self.app.clock.now());
        for sql in [
            "insert into courses (id, organisation_id, slug, title, sheet, created_at, updated_at)
             select $1, organisation_id, $4, 'A course', '{}', $5, $5 from classrooms where id = $3 and $2::uuid is not null",
            "insert into classroom_courses select $3, $1, 1, $5 where $2::uuid is not null and $4::text is not null",
            "insert into lessons (id, course_id, slug, position, version, created_at)
             select $2, $1, $4, 1, 1, $5 where $3::uuid is not null",
            "insert into lesson_versions (lesson_id, version, title, introduction, html, contents, makes, needs,
                 done_looks_like, quick_fixes, extend, allowed_topics, sheet, source, digest, published_at)
             select $2, 1, $4, '', '', '[]', '', '{}', '{}', '{}', '{}', '{}', '{}', '', '', $5
             where $1::uuid is not null and $3::uuid is not null",
        ] {
            sqlx::query(sql)
                .bind(course)
                .bind(lesson)
                .bind(self.people.physics.id.0)
                .bind(slug)
                .bind(now)
                .execute(&self.app.db)
                .await
                .unwrap();
        }
        LessonId(lesson)
    }

    /// A class of Mallory's organisation.
    pub async fn class_of_mallory(&self) -> ClassroomId {
        let id = self.app.new_id();
        sqlx::query("insert into classrooms (id, organisation_id, name, code, created_at) values ($1, $2, 'Theirs', 'HXLLTXPP', $3)")
            .bind(id)
            .bind(self.people.hilltop.0)
            .bind(self.app.clock.now())
            .execute(&self.app.db)
            .await
            .unwrap();
        ClassroomId(id)
    }
}
