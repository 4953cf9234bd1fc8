package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.LabeledTexts;
import dev.graft.error.DataException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts with labels, out of tables in every form. */
class TextTableTest {
    @TempDir
    private Path folder;

    @Test
    void aCsvFileGivesTextsWithCommasQuotesAndLineEnds() throws IOException {
        LabeledTexts texts = texts("a.csv", "label,text,id\ngood,\"well, \"\"fine\"\"\nindeed\",1\nbad,dull,2\n");

        assertThat(texts.classNames()).containsExactly("bad", "good");
        assertThat(texts.text(0)).isEqualTo("well, \"fine\"\nindeed");
        assertThat(texts.label(0)).isEqualTo(1);
        assertThat(texts.text(1)).isEqualTo("dull");
        assertThat(texts.name()).isEqualTo("a");
    }

    @Test
    void aTabSeparatedFileWithoutHeaderKeepsQuotesAsTheyAre() throws IOException {
        Table table =
                TableFile.of(file("a.tsv", "it 's \"so\t1\r\n\"fine\t0\r\n")).withoutHeader();
        LabeledTexts texts = LabeledTable.of(table).texts().train();

        assertThat(LabeledTable.of(table).kind()).isEqualTo(TableKind.TEXTS);
        assertThat(texts.text(0)).isEqualTo("it 's \"so");
        assertThat(texts.text(1)).isEqualTo("\"fine");
        assertThat(texts.classNames()).containsExactly("0", "1");
    }

    @Test
    void jsonLinesGiveTextsUnderTheKeysThatAreNamed() throws IOException {
        LabeledTexts texts = LabeledTable.of(
                        file("a.jsonl", "{\"review\": \"好吃\\n!\", \"stars\": 5}\n\n{\"stars\": 1, \"review\": \"慢\"}"))
                .withColumns(ItemColumns.text("review"))
                .withLabel("stars")
                .texts()
                .train();

        assertThat(texts.size()).isEqualTo(2);
        assertThat(texts.text(0)).isEqualTo("好吃\n!");
        assertThat(texts.classNames()).containsExactly("1", "5");
    }

    @Test
    void labelsThatLookLikeNumbersStayText() throws IOException {
        assertThat(texts("a.csv", "text,label\na,01\nb,1\nc,1.0\n").classNames())
                .containsExactly("01", "1", "1.0");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstColumn() throws IOException {
        assertThat(texts("a.csv", "\uFEFFtext,label\na,x\nb,y\n").size()).isEqualTo(2);
    }

    @Test
    void rowsWithoutTextOrLabelAreLeftOutAndCounted() throws IOException {
        LabeledTable.Divided<LabeledTexts> read = LabeledTable.of(file("a.csv", "text,label\na,x\n  ,y\nb,\nc,y\n"))
                .texts();

        assertThat(read.train().size()).isEqualTo(2);
        assertThat(read.listing().listed()).isEqualTo(4);
        assertThat(read.listing().rejected()).isEqualTo(2);
        assertThat(read.listing().warnings())
                .singleElement()
                .asString()
                .endsWith("a.csv: 2 rows without a text or a label were left out, the first in line 3");
    }

    @Test
    void aMissingColumnIsNamedWithThoseThereAre() throws IOException {
        assertRefused(() -> texts("a.csv", "words,label\na,x\n"), "'text'", "words, label");
        assertRefused(() -> texts("b.jsonl", "{\"label\": 1}\n"), "'text'", "line 1");
        assertRefused(() -> texts("c.csv", ""), "an empty file");
        assertRefused(() -> texts("d.csv", "text,stars\na,x\n"), "lacks a column 'label'", "text, stars");
        assertRefused(
                () -> LabeledTable.of(file("d.csv", "text,label\na,x\n"))
                        .withColumns(ItemColumns.text("review"))
                        .texts(),
                "lacks the column 'review'",
                "text, label");
    }

    @ParameterizedTest
    @ValueSource(strings = {"caps.csv", "semi.csv", "sentlabel.csv", "arr.json"})
    void columnsAndSeparatorsAreThoseThatPeopleUse(String name) {
        LabeledTable table = LabeledTable.of(Path.of("src/test/resources/columns/" + name));
        LabeledTexts texts = table.texts().train();

        assertThat(table.kind()).isEqualTo(TableKind.TEXTS);
        assertThat(texts.size()).isEqualTo(20);
        assertThat(texts.classNames()).containsExactly("neg", "pos");
        assertThat(texts.text(0)).isEqualTo("a lovely film");
    }

    @Test
    void aColumnOfPartsDividesTheTexts() throws IOException {
        LabeledTable table = LabeledTable.of(
                file("a.csv", "text,label,Split\na,x,train\nb,y,train\nc,x,dev\nd,y,test\ne,x,testing\nf,y,Train\n"));

        LabeledTable.Divided<LabeledTexts> divided = table.texts();

        assertThat(divided.train().size()).isEqualTo(3);
        assertThat(Objects.requireNonNull(divided.validation()).text(0)).isEqualTo("c");
        assertThat(Objects.requireNonNull(divided.test()).size()).isEqualTo(2);
        assertThat(table.undivided().texts().train().size()).isEqualTo(6);
        assertThat(LabeledTable.of(file("b.csv", "text,label\na,x\nb,y\n"))
                        .texts()
                        .test())
                .isNull();
        assertRefused(
                () -> texts("c.csv", "text,label,split\na,x,train\nb,y,train\nc,z,test\n"),
                "line 4",
                "that the training examples lack",
                "z");
    }

    @Test
    void ofATableThatComesDividedItsTestPartJudges() throws IOException {
        LabeledTable table = LabeledTable.of(file("a.csv", "text,label,split\na,x,train\nb,w,train\nc,y,test\n"));

        LabeledTable.Judging<LabeledTexts> judging = table.texts(List.of("x", "y"));

        assertThat(judging.examples().size()).isOne();
        assertThat(judging.examples().label(0)).isOne();
        assertThat(judging.listing().warnings())
                .singleElement()
                .asString()
                .endsWith("its test part alone judges, 1 of 3 rows");
        assertThat(table.undivided().texts(List.of("w", "x", "y")).examples().size())
                .isEqualTo(3);
    }

    @Test
    void aRaggedRowIsNamedByItsLine() throws IOException {
        assertRefused(() -> texts("a.csv", "text,label\na,x\nb,c,y\n"), "line 3", "quotes");
        assertRefused(() -> texts("b.tsv", "text\tlabel\na\tx\nb\n"), "line 3", "tabs");
    }

    @Test
    void aQuoteThatIsNeverClosedDoesNotSwallowTheFile() throws IOException {
        assertRefused(() -> texts("a.csv", "text,label\n\"a,x\nb,y\n"), "a.csv", "quote");
        assertRefused(() -> texts("b.csv", "text,label\na,\"x\nb,y\"\nc,z\n"), "line 2", "several lines");
    }

    @Test
    void aFieldBeyondAllMeasureIsRefused() throws IOException {
        String field = "x".repeat(TableFile.LONGEST_ROW + 10);
        assertRefused(() -> texts("a.csv", "text,label\n" + field + ",y\n"), "a.csv");
        assertRefused(() -> texts("b.tsv", "text\tlabel\n" + field + "\ty\n"), "line 2", "too long");
    }

    @Test
    void theFirstByteThatIsNoTextIsNamed() throws IOException {
        Path file = folder.resolve("a.csv");
        byte[] start = "text,label\n".getBytes(StandardCharsets.UTF_8);
        byte[] gb = "很好,x\n不好,y\n".getBytes(Charset.forName("GB18030"));
        byte[] all = new byte[start.length + gb.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(gb, 0, all, start.length, gb.length);
        Files.write(file, all);

        assertRefused(() -> LabeledTable.of(file).texts(), "byte 11", "GB18030");
        LabeledTexts texts = LabeledTable.of(TableFile.of(file).withCharset(Charset.forName("GB18030")))
                .texts()
                .train();
        assertThat(texts.text(0)).isEqualTo("很好");
    }

    @Test
    void brokenJsonIsNamedByItsLine() throws IOException {
        String good = "{\"text\": \"a\", \"label\": \"x\"}\n";
        assertRefused(() -> texts("a.jsonl", good + "{\"text\": "), "line 2");
        assertRefused(() -> texts("b.jsonl", good + "[1]"), "line 2", "a JSON object");
        assertRefused(() -> texts("c.jsonl", "{\"text\": \"a\", \"text\": \"b\", \"label\": 1}"), "line 1");
        assertRefused(() -> texts("d.jsonl", "{\"text\": {}, \"label\": 1}"), "a text as text");
    }

    @Test
    void oneClassLeavesNothingToLearn() throws IOException {
        assertRefused(() -> texts("a.csv", "text,label\na,x\nb,x\n"), "fewer than two classes", "'x' alone");
    }

    @Test
    void aClassThatIsNotKnownIsNamed() throws IOException {
        LabeledTable test = LabeledTable.of(file("a.csv", "text,label\na,x\nb,z\n"));

        assertRefused(() -> test.texts(List.of("x", "y")), "line 3", "z");
    }

    @Test
    void aFileThatIsNotThereIsRefusedAndItsNameDecidesNothing() throws IOException {
        assertRefused(() -> LabeledTable.of(folder.resolve("none.csv")).texts(), "none.csv");
        assertThat(texts("a.txt", "text\tlabel\na\tx\nb\ty\n").size()).isEqualTo(2);
    }

    @Test
    void textsAloneNeedNoLabelAndKeepTheirOrder() throws IOException {
        assertThat(LabeledTable.of(file("a.csv", "Text,x\nb,1\n,2\na,3\n")).unlabeledTexts())
                .containsExactly("b", "", "a");
    }

    private LabeledTexts texts(String name, String content) throws IOException {
        return LabeledTable.of(file(name, content)).texts().train();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static void assertRefused(ThrowingCallable code, String... parts) {
        assertThatThrownBy(code).isInstanceOf(DataException.class).hasMessageContainingAll(parts);
    }
}
