-- SQLite finds a table's last id by walking sqlite_sequence row by row, at every insert: those that
-- get most rows stand first.
@sqlite INSERT INTO sqlite_sequence (name, seq) SELECT 'events', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'events');
@sqlite INSERT INTO sqlite_sequence (name, seq) SELECT 'search_entries', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'search_entries');
@sqlite INSERT INTO sqlite_sequence (name, seq) SELECT 'messages', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'messages');
@sqlite INSERT INTO sqlite_sequence (name, seq) SELECT 'ticket_numbers', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'ticket_numbers');
@sqlite INSERT INTO sqlite_sequence (name, seq) SELECT 'tickets', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'tickets');
@sqlite UPDATE sqlite_sequence SET rowid = -5 WHERE name = 'events';
@sqlite UPDATE sqlite_sequence SET rowid = -4 WHERE name = 'search_entries';
@sqlite UPDATE sqlite_sequence SET rowid = -3 WHERE name = 'messages';
@sqlite UPDATE sqlite_sequence SET rowid = -2 WHERE name = 'ticket_numbers';
@sqlite UPDATE sqlite_sequence SET rowid = -1 WHERE name = 'tickets';
