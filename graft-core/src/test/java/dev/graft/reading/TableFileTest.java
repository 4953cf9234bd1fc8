package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "a.csv@text,label@a b,x@COMMA",
                "a.csv@text;label@a, b;x@SEMICOLON",
                "a.csv@text\tlabel@a b\tx@TAB",
                "a.csv@text|label@a b|x@BAR",
                "a.txt@text;label@a b;x@SEMICOLON",
                "a.tsv@text\tlabel@a \"b\tx@TAB_LINES",
                "a.tsv@text,label@a b,x@COMMA",
                "a.jsonl@{\"text\":\"a b\",\"label\":\"x\"}@{\"text\":\"c\",\"label\":\"y\"}@JSON_LINES",
                "a.json@[{\"text\":\"a b\",@\"label\":\"x\"}]@JSON_ARRAY",
            })
    void theContentSaysHowATableIsWritten(String name, String first, String second, TableForm form) throws IOException {
        TableLook.Look look = TableLook.at(TableFile.of(file(name, first + "\n" + second + "\n")));
        TableHead head = look.head();

        assertThat(look.form()).isEqualTo(form);
        assertThat(head.columns()).containsExactly("text", "label");
        assertThat(head.sample().get(0)).hasSize(2);
    }

    @Test
    void whatItsNameDoesNotSayIsNoted() throws IOException {
        assertThat(TableFile.of(file("a.csv", "text;label\na;x\n")).head().notes())
                .containsExactly("its columns are separated by ';'");
        assertThat(TableFile.of(file("a.csv", "text,label\na,x\n")).head().notes())
                .isEmpty();
        assertThat(TableFile.of(file("a.tsv", "text\tlabel\na\tx\n")).head().notes())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void everyLineEndEndsALine(String end) throws IOException {
        for (String row : List.of("a,b", "a\tb")) {
            String name = row.contains(",") ? "a.csv" : "a.tsv";
            String text = String.join(end, row.replace('a', 'p').replace('b', 'q'), row, row) + end;

            assertThat(rows(TableFile.of(file(name, text)))).containsExactly("2[a, b]", "3[a, b]");
        }
        assertThat(rows(TableFile.of(file("a.jsonl", "{\"p\":1}" + end + "{\"p\":2}"))))
                .containsExactly("1[1]", "2[2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE"})
    void theEncodingThatTheFirstBytesNameIsTaken(String charset) throws IOException {
        for (String mark : List.of("", "\uFEFF")) {
            byte[] bytes = (mark + "text,label\n好,x\nbad,y\n").getBytes(Charset.forName(charset));
            TableFile table = TableFile.of(Files.write(folder.resolve("a.csv"), bytes));

            assertThat(rows(table)).containsExactly("2[好, x]", "3[bad, y]");
            assertThat(table.head().notes()).hasSize(charset.equals("UTF-8") ? 0 : 1);
        }
    }

    @Test
    void aByteThatIsNoTextIsNamedByItsOffset() throws IOException {
        byte[] bytes = "text,label\n好,x\n".getBytes(Charset.forName("GB18030"));
        TableFile table = TableFile.of(Files.write(folder.resolve("a.csv"), bytes));

        assertRefused(() -> rows(table), "a.csv, byte 11", "UTF-8", "GB18030");
        assertThat(rows(table.withCharset(Charset.forName("GB18030")))).containsExactly("2[好, x]");
    }

    @Test
    void aJsonArrayIsReadObjectByObjectWithItsLines() throws IOException {
        TableFile table = TableFile.of(file("a.json", """
            [
              {"text": "a", "label": 1, "more": {"deep": [1, 2]}},
              {"label": null, "text": "b"}
            ]
            """));

        List<String> rows = new ArrayList<>();
        table.read(head -> new int[] {0, 1}, (line, fields) -> rows.add(line + fields.toString()));
        assertThat(rows).containsExactly("2[a, 1]", "3[b, ]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "[{\"a\":1},{\"b\":1}]@lacks the key 'a'",
                "[{\"a\":1},3]@a JSON object",
                "[{\"a\":1},@end",
                "[{\"a\":1}@array",
                "[{\"a\":[1]}]@a text as a",
                "[[1,2],[3,4]]@array of objects",
                "[]@array of objects",
                "{\"images\":[@over several lines",
            })
    void jsonThatIsNoTableIsRefusedWithinALine(String json, String saying) throws IOException {
        TableFile table = TableFile.of(file("a.json", json + "\n" + " ".repeat(10)));

        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> table.read(head -> new int[] {head.place("a", "name another")}, (line, fields) -> {}))
                .satisfies(e -> assertThat(e.getMessage()).contains(saying).hasSizeLessThan(700));
    }

    @Test
    void nestingBeyondAllMeasureIsRefused() throws IOException {
        TableFile array = TableFile.of(file("a.json", "[{\"a\":" + "[".repeat(100_000) + "\n"));
        TableFile lines = TableFile.of(file("a.jsonl", "{\"a\":" + "[".repeat(100_000) + "\n"));

        assertRefused(() -> rows(array), "a.json");
        assertRefused(() -> rows(lines), "a.jsonl");
    }

    @Test
    void nothingPrintsAWholeFile() throws IOException {
        String long1 = "word ".repeat(20_000);
        for (Path file : List.of(
                file("a.csv", long1),
                file("b.json", "[\"" + long1 + "\"]"),
                file("c.jsonl", "[\"" + long1 + "\"]"),
                file("d.jsonl", "{\"" + long1 + "\": 1}"),
                file("e.csv", long1.replace(' ', ',')),
                file("f.json", "{\"" + long1 + "\": [\n"))) {
            assertThatExceptionOfType(DataException.class)
                    .as(file.toString())
                    .isThrownBy(() -> TableFile.of(file)
                            .read(head -> new int[] {ColumnRole.TEXT.require(head, "")}, (line, fields) -> {}))
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2_000));
        }
    }

    @Test
    void whatIsNoTableIsNamedByItsFirstBytes() throws IOException {
        assertForeign("gunzip", "gzip", gzip("text,label\n"));
        assertForeign("CSV", "spreadsheet", zip("[Content_Types].xml", "xl/workbook.xml"));
        assertForeign("CSV", "Word", zip("[Content_Types].xml", "word/document.xml"));
        assertForeign("CSV", "NumPy arrays (.npz)", zip("arr_0.npy"));
        assertForeign("unpack", "zip archive", zip("cat/1.jpg"));
        assertForeign("CSV", "Parquet", bytes("PAR1\u0015\u0004"));
        assertForeign("sqlite3", "SQLite", bytes("SQLite format 3\u0000"));
        assertForeign("CSV", "PDF", bytes("%PDF-1.7"));
        assertForeign("CSV", "pickle", bytes("\u0080\u0004\u0095"));
        assertForeign("CSV", "NumPy array", bytes("\u0093NUMPY\u0001"));
        assertForeign("folder", "single image (PNG)", bytes("\u0089PNG\r\n"));
        assertForeign("folder", "single image (JPEG)", bytes("\u00ff\u00d8\u00ff\u00e0"));
        assertForeign("git lfs pull", "Git LFS", bytes("version https://git-lfs.github.com/spec/v1\n"));
        assertForeign("download", "web page", bytes("\n<!DOCTYPE html><html>"));
        assertForeign("CSV", "old Office", bytes("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1"));
        assertForeign("CSV", "no text", bytes("text,label\n\u0000\u0001\u0002,x\n"));
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void foldersAndDevicesAreNoTables() {
        assertRefused(() -> TableFile.of(folder).head(), "directory");
        if (Files.exists(Path.of("/dev/zero"))) {
            assertRefused(() -> TableFile.of(Path.of("/dev/zero")).head(), "a device");
        }
        assertRefused(() -> TableFile.of(folder.resolve("none.csv")).head(), "there is no such file", "none.csv");
    }

    @Test
    void withoutALineOfNamesColumnsAreNumbered() throws IOException {
        TableFile table = TableFile.of(file("a.csv", "fine;good\nbad;poor\n")).withoutHeader();

        assertThat(table.head().columns()).containsExactly("1", "2");
        assertThat(rows(table)).containsExactly("1[fine, good]", "2[bad, poor]");
    }

    @Test
    void aLongFileIsJudgedByItsBeginning() throws IOException {
        StringBuilder text = new StringBuilder("text;label\n");
        IntStream.range(0, 20_000)
                .forEach(i -> text.append("a, b and c ").append(i).append(";x\n"));

        assertThat(rows(TableFile.of(file("a.csv", text.toString())))).hasSize(20_000);
    }

    private List<String> rows(TableFile table) {
        List<String> rows = new ArrayList<>();
        table.read(
                head -> IntStream.range(0, head.columns().size()).toArray(),
                (line, fields) -> rows.add(line + fields.toString()));
        return rows;
    }

    private void assertForeign(String fix, String kind, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("data.csv"), content);
        assertRefused(() -> TableFile.of(file).head(), kind, fix, "data.csv");
    }

    private static byte[] bytes(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(1);
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void assertRefused(Runnable reading, String... saying) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(reading::run)
                .satisfies(e -> assertThat(e.getMessage()).contains(saying));
    }
}
