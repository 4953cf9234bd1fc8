package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.LabeledTexts;
import dev.graft.error.DataException;
import dev.graft.reading.TableFile;
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

class TextFileTest {
    @TempDir
    private Path folder;

    @Test
    void aCsvFileGivesTextsWithCommasQuotesAndLineEnds() throws IOException {
        LabeledTexts texts = TextFile.of(
                        file("a.csv", "label,text,id\ngood,\"well, \"\"fine\"\"\nindeed\",1\nbad,dull,2\n"))
                .read()
                .texts();

        assertThat(texts.classNames()).containsExactly("bad", "good");
        assertThat(texts.text(0)).isEqualTo("well, \"fine\"\nindeed");
        assertThat(texts.label(0)).isEqualTo(1);
        assertThat(texts.text(1)).isEqualTo("dull");
        assertThat(texts.name()).isEqualTo("a");
    }

    @Test
    void aTabSeparatedFileKeepsQuotesAsTheyAre() throws IOException {
        LabeledTexts texts = TextFile.of(file("a.tsv", "it 's \"so\t1\r\n\"fine\t0\r\n"))
                .withoutHeader()
                .read()
                .texts();

        assertThat(texts.text(0)).isEqualTo("it 's \"so");
        assertThat(texts.text(1)).isEqualTo("\"fine");
        assertThat(texts.classNames()).containsExactly("0", "1");
    }

    @Test
    void jsonLinesGiveTextsUnderTheKeysThatAreNamed() throws IOException {
        LabeledTexts texts = TextFile.of(
                        file("a.jsonl", "{\"review\": \"好吃\\n!\", \"stars\": 5}\n\n{\"stars\": 1, \"review\": \"慢\"}"))
                .withColumns("review", "stars")
                .read()
                .texts();

        assertThat(texts.size()).isEqualTo(2);
        assertThat(texts.text(0)).isEqualTo("好吃\n!");
        assertThat(texts.classNames()).containsExactly("1", "5");
    }

    @Test
    void labelsThatLookLikeNumbersStayText() throws IOException {
        LabeledTexts texts = TextFile.of(file("a.csv", "text,label\na,01\nb,1\nc,1.0\n"))
                .read()
                .texts();

        assertThat(texts.classNames()).containsExactly("01", "1", "1.0");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstColumn() throws IOException {
        assertThat(TextFile.of(file("a.csv", "\uFEFFtext,label\na,x\nb,y\n"))
                        .read()
                        .texts()
                        .size())
                .isEqualTo(2);
    }

    @Test
    void rowsWithoutTextOrLabelAreLeftOutAndCounted() throws IOException {
        TextFile.Read read =
                TextFile.of(file("a.csv", "text,label\na,x\n  ,y\nb,\nc,y\n")).read();

        assertThat(read.texts().size()).isEqualTo(2);
        assertThat(read.rejected()).isEqualTo(2);
        assertThat(read.warnings()).singleElement().asString().contains("2 rows", "line 3");
    }

    @Test
    void aMissingColumnIsNamedWithThoseThereAre() throws IOException {
        assertRefused(() -> TextFile.of(file("a.csv", "words,label\na,x\n")).read(), "'text'", "words, label");
        assertRefused(() -> TextFile.of(file("b.jsonl", "{\"label\": 1}\n")).read(), "'text'", "line 1");
        assertRefused(() -> TextFile.of(file("c.csv", "")).read(), "an empty file");
        assertRefused(
                () -> TextFile.of(file("d.csv", "text,label\na,x\n"))
                        .withColumns("review", null)
                        .read(),
                "lacks the column 'review'",
                "text, label");
    }

    @ParameterizedTest
    @ValueSource(strings = {"caps.csv", "semi.csv", "sentlabel.csv", "arr.json"})
    void columnsAndSeparatorsAreThoseThatPeopleUse(String name) throws IOException {
        LabeledTexts texts = TextFile.of(Path.of("src/test/resources/columns/" + name))
                .read()
                .texts();

        assertThat(texts.size()).isEqualTo(20);
        assertThat(texts.classNames()).containsExactly("neg", "pos");
        assertThat(texts.text(0)).isEqualTo("a lovely film");
    }

    @Test
    void aColumnOfPartsDividesTheTexts() throws IOException {
        TextFile file = TextFile.of(
                file("a.csv", "text,label,split\na,x,train\nb,y,train\nc,x,dev\nd,y,test\ne,x,testing\nf,y,Train\n"));

        TextFile.Divided divided = file.readDivided();

        assertThat(divided.train().size()).isEqualTo(3);
        assertThat(Objects.requireNonNull(divided.validation()).text(0)).isEqualTo("c");
        assertThat(Objects.requireNonNull(divided.test()).size()).isEqualTo(2);
        assertThat(file.read().texts().size()).isEqualTo(6);
        assertThat(TextFile.of(file("b.csv", "text,label\na,x\nb,y\n"))
                        .readDivided()
                        .test())
                .isNull();
        assertRefused(
                () -> TextFile.of(file("c.csv", "text,label,split\na,x,train\nb,y,train\nc,z,test\n"))
                        .readDivided(),
                "line 4",
                "z");
    }

    @Test
    void aRaggedRowIsNamedByItsLine() throws IOException {
        assertRefused(
                () -> TextFile.of(file("a.csv", "text,label\na,x\nb,c,y\n")).read(), "line 3", "quotes");
        assertRefused(() -> TextFile.of(file("b.tsv", "text\tlabel\na\tx\nb\n")).read(), "line 3", "tabs");
    }

    @Test
    void aQuoteThatIsNeverClosedDoesNotSwallowTheFile() throws IOException {
        assertRefused(
                () -> TextFile.of(file("a.csv", "text,label\n\"a,x\nb,y\n")).read(), "a.csv", "quote");
        String label = "text,label\na,\"x\nb,y\"\nc,z\n";
        assertRefused(() -> TextFile.of(file("b.csv", label)).read(), "line 2", "several lines");
    }

    @Test
    void aFieldBeyondAllMeasureIsRefused() throws IOException {
        String field = "x".repeat(TableFile.LONGEST_ROW + 10);
        assertRefused(
                () -> TextFile.of(file("a.csv", "text,label\n" + field + ",y\n"))
                        .read(),
                "a.csv");
        assertRefused(
                () -> TextFile.of(file("b.tsv", "text\tlabel\n" + field + "\ty\n"))
                        .read(),
                "line 2",
                "too long");
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

        assertRefused(() -> TextFile.of(file).read(), "byte 11", "GB18030");
        LabeledTexts texts =
                TextFile.of(file).withCharset(Charset.forName("GB18030")).read().texts();
        assertThat(texts.text(0)).isEqualTo("很好");
    }

    @Test
    void brokenJsonIsNamedByItsLine() throws IOException {
        String good = "{\"text\": \"a\", \"label\": \"x\"}\n";
        assertRefused(() -> TextFile.of(file("a.jsonl", good + "{\"text\": ")).read(), "line 2");
        assertRefused(() -> TextFile.of(file("b.jsonl", good + "[1]")).read(), "line 2", "a JSON object");
        assertRefused(
                () -> TextFile.of(file("c.jsonl", "{\"text\": \"a\", \"text\": \"b\", \"label\": 1}"))
                        .read(),
                "line 1");
        assertRefused(
                () -> TextFile.of(file("d.jsonl", "{\"text\": {}, \"label\": 1}"))
                        .read(),
                "a text as text");
    }

    @Test
    void oneClassLeavesNothingToLearn() throws IOException {
        assertRefused(() -> TextFile.of(file("a.csv", "text,label\na,x\nb,x\n")).read(), "'x' alone");
    }

    @Test
    void aClassThatTheTrainingPartLacksIsNamed() throws IOException {
        TextFile test = TextFile.of(file("a.csv", "text,label\na,x\nb,z\n"));

        assertRefused(() -> test.read(List.of("x", "y")), "line 3", "z");
    }

    @Test
    void aFileThatIsNotThereIsRefusedAndItsNameDecidesNothing() throws IOException {
        assertRefused(() -> TextFile.of(folder.resolve("none.csv")).read(), "none.csv");
        assertThat(TextFile.of(file("a.txt", "text\tlabel\na\tx\nb\ty\n"))
                        .read()
                        .texts()
                        .size())
                .isEqualTo(2);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static void assertRefused(ThrowingCallable code, String... parts) {
        assertThatThrownBy(code).isInstanceOf(DataException.class).hasMessageContainingAll(parts);
    }
}
