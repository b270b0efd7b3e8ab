# Reading what students and the helper wrote.
transcripts-title = Reading along
transcripts-text = Usually nobody but the student reads what they and the helper write. Where this is switched on, teachers of the organisation can read what their classes ask from then on; students are told so beside the chat, and every look is noted with who looked and at whom. Conversations are still deleted a day after their last question.
transcripts-enable = Teachers may read what students ask the helper
transcripts-save = Save
transcripts-class-text = Students who asked in the last two days, since this was switched on. They were told that you may read along. Each look is noted.
transcripts-none = Nobody has asked lately
transcripts-none-text = Students who ask the helper will be listed here for two days.
transcripts-last = Last question
transcripts-look = Conversation
transcripts-read = Read
transcripts-on = Switched on
transcripts-off = Switched off
