/* sqlite-driver [DIRECTORY] [ROWS]: creates, fills, indexes, updates and queries tables of ROWS (100,000) rows, in memory
   or, given a DIRECTORY other than "-", in DIRECTORY/bench.db, and prints the answers of every query. */
#include <sqlite3.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static sqlite3 *database;

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(database));
    exit(1);
}

static void run(const char *sql) {
    if (sqlite3_exec(database, sql, 0, 0, 0) != SQLITE_OK) fail(sql);
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, 0) != SQLITE_OK) fail(sql);
    return statement;
}

/* Prints the rows of a query, columns separated by '|'. */
static void query(const char *sql) {
    printf("%s\n", sql);
    sqlite3_stmt *statement = prepare(sql);
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            const unsigned char *text = sqlite3_column_text(statement, i);
            printf("%s%s", i ? "|" : "  ", text ? (const char *)text : "NULL");
        }
        printf("\n");
    }
    if (code != SQLITE_DONE) fail(sql);
    sqlite3_finalize(statement);
}

static uint64_t state = 0x9E3779B97F4A7C15u;

static uint32_t next(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32);
}

int main(int argc, char **argv) {
    int rows = argc > 2 ? atoi(argv[2]) : 100000;
    char path[1024] = ":memory:";
    if (argc > 1 && strcmp(argv[1], "-")) {
        snprintf(path, sizeof path, "%s/bench.db", argv[1]);
        unlink(path);
    }
    printf("SQLite %s\n", sqlite3_libversion());
    if (sqlite3_open(path, &database) != SQLITE_OK) fail(path);
    run("PRAGMA journal_mode = DELETE");
    run("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL, category INTEGER, price REAL, note BLOB)");
    run("CREATE TABLE category (id INTEGER PRIMARY KEY, title TEXT)");
    run("BEGIN");
    sqlite3_stmt *insert = prepare("INSERT INTO item (name, category, price, note) VALUES (?1, ?2, ?3, ?4)");
    for (int i = 0; i < rows; i++) {
        char name[40];
        unsigned char note[24];
        snprintf(name, sizeof name, "item-%06u-%c%c", next() % 1000000, 'a' + (int)(next() % 26), 'a' + i % 26);
        for (unsigned k = 0; k < sizeof note; k++) note[k] = (unsigned char)next();
        sqlite3_bind_text(insert, 1, name, -1, SQLITE_TRANSIENT);
        sqlite3_bind_int(insert, 2, (int)(next() % 50));
        sqlite3_bind_double(insert, 3, (next() % 100000) / 100.0);
        sqlite3_bind_blob(insert, 4, note, (int)(next() % sizeof note), SQLITE_TRANSIENT);
        if (sqlite3_step(insert) != SQLITE_DONE) fail("insert");
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    run("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 49) "
        "INSERT INTO category SELECT i, printf('category %02d', i) FROM n");
    run("COMMIT");
    run("CREATE INDEX item_name ON item (name)");
    run("CREATE INDEX item_category_price ON item (category, price)");

    query("SELECT count(*), round(sum(price), 2), min(name), max(name), sum(length(note)) FROM item");
    query("SELECT title, count(*), round(avg(price), 4) FROM item JOIN category ON category.id = item.category "
          "GROUP BY category.id HAVING category.id % 10 = 3 ORDER BY title");
    query("SELECT name, price FROM item WHERE category = 7 AND price BETWEEN 100 AND 110 ORDER BY price, name LIMIT 8");
    query("SELECT substr(name, 6, 2) AS prefix, count(*) AS n FROM item WHERE name LIKE '%z' GROUP BY prefix "
          "ORDER BY n DESC, prefix LIMIT 5");
    sqlite3_stmt *lookup = prepare("SELECT id, price FROM item WHERE name >= ?1 ORDER BY name LIMIT 3");
    long long ids = 0;
    for (int i = 0; i < rows / 4; i++) {
        char name[40];
        snprintf(name, sizeof name, "item-%06u", next() % 1000000);
        sqlite3_bind_text(lookup, 1, name, -1, SQLITE_TRANSIENT);
        while (sqlite3_step(lookup) == SQLITE_ROW) ids += sqlite3_column_int64(lookup, 0);
        sqlite3_reset(lookup);
    }
    sqlite3_finalize(lookup);
    printf("lookups: %lld\n", ids);
    run("BEGIN");
    run("UPDATE item SET price = price * 1.1 WHERE category % 5 = 2");
    run("DELETE FROM item WHERE id % 7 = 3");
    run("INSERT INTO item (name, category, price) SELECT name || '-copy', category, price / 2 FROM item WHERE id % 11 = 5");
    run("ROLLBACK");
    run("BEGIN");
    run("UPDATE item SET price = round(price + 1, 2) WHERE id % 3 = 0");
    run("DELETE FROM item WHERE id % 13 = 6");
    run("COMMIT");
    query("SELECT count(*), round(sum(price), 2) FROM item");
    query("SELECT a.category, count(*) FROM item a JOIN item b ON b.id = a.id + 1 AND b.category = a.category "
          "WHERE a.category < 5 GROUP BY a.category");
    query("SELECT category, group_concat(price, ' ') FROM (SELECT category, price, row_number() OVER "
          "(PARTITION BY category ORDER BY price DESC, id) AS rank FROM item WHERE category < 4) WHERE rank <= 3 "
          "GROUP BY category");
    query("SELECT json_extract(json_group_array(x), '$[3]'), hex(substr(group_concat(hex(x)), 1, 4)) FROM "
          "(SELECT price AS x FROM item ORDER BY id LIMIT 1000)");
    query("PRAGMA integrity_check");
    run("VACUUM");
    query("PRAGMA page_count");
    if (sqlite3_close(database) != SQLITE_OK) fail("close");
    return 0;
}
