package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledTexts;
import dev.graft.data.RepeatedExamples;
import dev.graft.reading.ImageDataset;
import dev.graft.reading.ItemColumns;
import dev.graft.reading.LabeledTable;
import dev.graft.reading.TargetReading;
import dev.graft.source.Backbones;
import dev.graft.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What the library guesses of people's files it says through slf4j, one line each, also to programs without the command. */
class LibraryNotesTest {
    private static final Path CASES = Path.of("src/test/resources/data");

    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() {
        heard.start();
        logger().addAppender(heard);
    }

    @AfterEach
    void leave() {
        logger().detachAppender(heard);
    }

    @Test
    void whichFolderIsTakenForWhichPart() {
        ImageDataset data = ImageDataset.of(CASES.resolve("training-testing-folders"));

        assertThat(data.test()).isNotNull();
        assertThat(said()).singleElement().asString().endsWith("'testing' is taken as the test part");
    }

    @ParameterizedTest
    @CsvSource({"big_1e20.csv, 1.0E20", "num_big.csv, 1.0E30"})
    void whichNumberLiesFarFromTheRestOfItsColumn(String name, String number) {
        items(name).items();

        assertThat(said())
                .singleElement()
                .asString()
                .contains(name + ", line 2, column price: " + number + " lies far from the others, which go from ");
    }

    @Test
    void nothingOfPlainItems() {
        items("plain.csv").items();

        assertThat(said()).isEmpty();
    }

    @Test
    void whatSeparatesColumnsAndWhichWordsArePartsAndHowPathsWereRead() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.csv"), "path;label;split\nx\\1.png;a;train\nx\\2.png;b;train\nx\\3.png;b;holdout\n");

        ImageDataset.of(file);

        assertThat(said())
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("its columns are separated by ';'"),
                        second -> assertThat(second)
                                .endsWith("'holdout' in column split is taken as the validation part"),
                        third -> assertThat(third).contains("3 paths are written with backslashes"));
    }

    @Test
    void whatStandsBetweenLabelsIsToldOnce() throws IOException {
        LabeledTable.of(Files.writeString(folder.resolve("a.csv"), "text,label\na,x|y|x\nb,\nc,y\n"))
                .withTargets(TargetReading.of("multi-label"))
                .texts();

        assertThat(said())
                .satisfiesExactly(
                        first -> assertThat(first).contains("'|' is taken for what stands between labels"),
                        second -> assertThat(second).contains("1 row names a label twice"));
    }

    @Test
    void whichColumnsAreTakenForWhatUnlessTheyAreCalledSo() throws IOException {
        LabeledTable.of(Files.writeString(folder.resolve("a.csv"), "Sentence,Class\na,x\nb,y\n"))
                .texts();
        LabeledTable.of(Files.writeString(folder.resolve("b.csv"), "Text,LABEL\na,x\nb,y\n"))
                .texts();

        assertThat(said())
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("its column 'Sentence' is taken for the texts"),
                        second -> assertThat(second).endsWith("its column 'Class' is taken for the labels"));
    }

    @Test
    void whatIsRepeated() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "text,label,split\na,x,train\nb,y,train\na,y,test\n");
        LabeledTable.Divided<LabeledTexts> texts = LabeledTable.of(file).texts();

        RepeatedExamples.say(texts.train(), texts.validation(), texts.test());

        assertThat(said()).hasSize(2).first().asString().contains("1 of 1 test examples are training examples too");
    }

    @Test
    void whichPrefixWasTakenOffTensorsNames() {
        Backbone digits = Backbones.load("digits-cnn");
        Path file = folder.resolve("a.safetensors");
        SafetensorsWriter.write(file, digits.weights().withPrefix("_orig_mod."), Map.of());

        assertThat(Backbones.load("digits-cnn", file).weights()).isEqualTo(digits.weights());

        assertThat(said()).singleElement().asString().contains("without their prefix '_orig_mod.'");
    }

    @Test
    void whichColumnsItemsAreMadeOfAndWhichAreLeftAlone() throws IOException {
        LabeledTable.of(Files.writeString(folder.resolve("a.csv"), "id,photo,title,price,label\n7,a.png,so good,1,x\n"))
                .kind();
        LabeledTable.of(Files.writeString(folder.resolve("b.csv"), "text,price,label\nso good,1,x\nbad,2,y\n"))
                .texts();

        assertThat(said())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains(
                                        "pictures in 'photo'; texts in 'title'; numbers in 'price'; the class is in 'label'")
                                .contains("left out: 'id', which tells rows apart"),
                        second -> assertThat(second)
                                .contains("only its column 'text' is read, and 'price' is left alone"));
    }

    private static LabeledTable items(String name) {
        return LabeledTable.of(CASES.resolve("item-outlier").resolve(name))
                .withColumns(
                        new ItemColumns(List.of("photo"), List.of(), List.of("price", "weight"), List.of("colour")))
                .withLabel("kind");
    }

    private List<String> said() {
        return heard.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("dev.graft");
    }
}
