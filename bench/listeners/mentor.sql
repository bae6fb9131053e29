-- A mentor to whom many listen: eight slots a day, all the year.
CREATE EXTENSION slotguard;
SELECT count(*) FROM setup_booking();
INSERT INTO mentor_availability (mentor_id, opens, closes) VALUES ('famous', '09:00', '13:00');
