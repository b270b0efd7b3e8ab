//! Recovery codes: ten per enrolment, each good once, for whoever has lost the authenticator.

use crate::{app::App, web::secrets::Secrets};
use chrono::{DateTime, Utc};
use server_kit::entropy::Entropy;
use shared_types::ids::StaffId;
use sqlx::PgConnection;
use uuid::Uuid;

/// How many there are.
pub const COUNT: usize = 10;
/// Lower-case letters and digits that are not mistaken for one another.
const ALPHABET: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
const LENGTH: usize = 10;

/// One code as typed or shown, without its dash.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    fn mint(entropy: &Entropy) -> Self {
        Self(entropy.code(ALPHABET, LENGTH))
    }

    /// As typed: any case, with or without dash. None where it cannot be one.
    pub fn parse(typed: &str) -> Option<Self> {
        let code: String = typed.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect();
        (code.len() == LENGTH && code.bytes().all(|byte| ALPHABET.contains(&byte))).then_some(Self(code))
    }

    /// As shown: `abcde-fghjk`.
    pub fn shown(&self) -> String {
        let (first, second) = self.0.split_at(LENGTH / 2);
        format!("{first}-{second}")
    }

    fn fingerprint(&self, secrets: &Secrets, owner: StaffId) -> Vec<u8> {
        secrets.fingerprint("recovery-code", &[owner.0.as_bytes(), self.0.as_bytes()]).to_vec()
    }
}

/// Replaces all codes of a staff member; returns the new ones, which can never be shown again.
pub async fn renew(tx: &mut PgConnection, app: &App, owner: StaffId) -> sqlx::Result<Vec<RecoveryCode>> {
    let codes: Vec<RecoveryCode> = (0..COUNT).map(|_| RecoveryCode::mint(&app.entropy)).collect();
    let ids: Vec<Uuid> = codes.iter().map(|_| app.new_id()).collect();
    let hashes: Vec<Vec<u8>> = codes.iter().map(|code| code.fingerprint(&app.secrets, owner)).collect();
    forget_all(tx, owner).await?;
    sqlx::query!(
        "insert into recovery_codes (id, staff_id, code_hash)
         select id, $1, code_hash from unnest($2::uuid[], $3::bytea[]) as new (id, code_hash)",
        owner.0,
        &ids,
        &hashes,
    )
    .execute(tx)
    .await?;
    Ok(codes)
}

async fn forget_all(tx: &mut PgConnection, owner: StaffId) -> sqlx::Result<()> {
    sqlx::query!("delete from recovery_codes where staff_id = $1", owner.0).execute(tx).await.map(drop)
}

/// Uses a code up; false where it is none of theirs, or was used before.
pub async fn redeem(
    tx: &mut PgConnection,
    secrets: &Secrets,
    owner: StaffId,
    code: &RecoveryCode,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let used = sqlx::query!(
        "update recovery_codes set used_at = $3 where staff_id = $1 and code_hash = $2 and used_at is null",
        owner.0,
        code.fingerprint(secrets, owner),
        now,
    )
    .execute(tx)
    .await?;
    Ok(used.rows_affected() == 1)
}

#[cfg(test)]
mod tests {
    use super::RecoveryCode;
    use server_kit::entropy::Entropy;

    #[test]
    fn a_code_is_read_as_it_is_shown_and_kindly() {
        let code = RecoveryCode::mint(&Entropy::seeded(3));
        assert!(RecoveryCode::parse(&code.shown()) == Some(code.clone()));
        assert!(RecoveryCode::parse(&format!(" {} ", code.shown().to_uppercase())) == Some(code));
        for bad in ["", "123456", "abcde-fghj", "abcde-fghj0", "abcde-fghjl"] {
            assert!(RecoveryCode::parse(bad).is_none(), "{bad}");
        }
    }
}
