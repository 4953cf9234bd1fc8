package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.data.LabeledTexts;
import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import dev.graft.targets.Grades;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTargetsTest {
    private static final TargetReading LABELS = TargetReading.of(LabelSet.TASK);
    private static final TargetReading NUMBERS = TargetReading.of(Numbers.TASK);
    private static final TargetReading GRADES = TargetReading.of(Grades.TASK);

    @TempDir
    Path directory;

    @Test
    void oneCellListsSeveralLabelsOrNone() throws IOException {
        LabeledTexts texts = texts(LABELS, "text,label", "one,cat|dog", "two,", "three,dog | bird ");

        assertThat(texts.kind()).isEqualTo(new LabelSet(List.of("bird", "cat", "dog")));
        assertThat(List.of(
                        texts.targets().describe(0),
                        texts.targets().describe(1),
                        texts.targets().describe(2)))
                .containsExactly("cat, dog", "no label", "bird, dog");
    }

    @Test
    void labelsMayBeJsonListsOrHaveAColumnEach() throws IOException {
        LabeledTexts listed =
                texts(LABELS, "text,label", "one,\"[\"\"a,b\"\", \"\"c\"\"]\"", "two,[]", "three,\"[\"\"c\"\"]\"");
        LabeledTexts columns = table(LABELS, "text,cat,dog", "one,1,0", "two,yes,TRUE", "three,,no")
                .withLabels(List.of("cat", "dog"))
                .texts()
                .train();

        assertThat(listed.classNames()).containsExactly("a,b", "c");
        assertThat(columns.classNames()).containsExactly("cat", "dog");
        assertThat(columns.targets().values()).containsExactly(1, 0, 1, 1, 0, 0);
    }

    @Test
    void whatStandsBetweenLabelsIsNotGuessedAmongSeveral() {
        assertRefused(LABELS, "not plain what stands between", "text,label", "one,a|b", "two,\"c,d\"");
        assertRefused(LABELS.withSeparator("/"), "is between none", "text,label", "one,a|b", "two,c|d");
    }

    @Test
    void aLabelThatIsNamedTwiceCountsOnce() throws IOException {
        assertThat(texts(LABELS, "text,label", "one,cat|cat", "two,dog")
                        .targets()
                        .values())
                .containsExactly(1, 0, 0, 1);
    }

    @Test
    void columnsAreMatchedByNameWhereTheNamesAreKnown() throws IOException {
        LabeledTable labels =
                table(LABELS, "text,dog,cat", "one,1,0", "two,0,0").withLabels(List.of("dog", "cat"));
        assertThat(labels.texts(new LabelSet(List.of("cat", "dog")))
                        .examples()
                        .targets()
                        .values())
                .containsExactly(0, 1, 0, 0);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> labels.texts(new LabelSet(List.of("cat", "bird"))))
                .withMessageContaining("columns of labels are not those");

        LabeledTable numbers =
                table(NUMBERS, "text,height,width", "one,2,1", "two,5,3").withLabels(List.of("height", "width"));
        assertThat(numbers.texts(new Numbers(List.of("width", "height")))
                        .examples()
                        .targets()
                        .values())
                .containsExactly(1, 2, 3, 5);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> numbers.texts(new Numbers(List.of("width", "height", "depth"))))
                .withMessageContaining("columns of labels are not those");
    }

    @Test
    void newLabelsStandBesideThoseThatAreKnown() throws IOException {
        LabeledTable table = table(LABELS, "text,label", "one,cat|ant", "two,dog");

        assertThat(table.kindBeside(new LabelSet(List.of("dog", "bird"))))
                .isEqualTo(new LabelSet(List.of("dog", "bird", "ant", "cat")));
        assertThat(table(TargetReading.USUAL, "text,label", "one,cat", "two,dog")
                        .kindBeside(new OneClass(List.of("dog"))))
                .isEqualTo(new OneClass(List.of("dog", "cat")));
        assertThat(table(NUMBERS, "text,label", "one,2", "two,3").kindBeside(new Numbers(List.of("price"))))
                .isEqualTo(new Numbers(List.of("price")));
    }

    @Test
    void aFlagMustBePlain() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> table(LABELS, "text,cat,dog", "one,1,0", "two,maybe,1")
                        .withLabels(List.of("cat", "dog"))
                        .texts())
                .withMessageContaining("line 3")
                .withMessageContaining("maybe");
    }

    @Test
    void numbersAreReadAndOthersRefusedWhereTheyStand() throws IOException {
        LabeledTexts prices = texts(NUMBERS, "text,label", "one,12.5", "two,-3", "three,1e3");

        assertThat(prices.kind()).isEqualTo(new Numbers(List.of("label")));
        assertThat(prices.targets().values()).containsExactly(12.5, -3, 1000);
        assertRefused(NUMBERS, "'cheap'", "text,label", "one,12.5", "two,cheap", "three,3");
        assertRefused(NUMBERS, "'NaN'", "text,label", "one,12.5", "two,NaN", "three,3");
        assertRefused(NUMBERS, "'Infinity'", "text,label", "one,12.5", "two,Infinity", "three,3");
        assertRefused(NUMBERS, "'1,234'", "text,label", "one,12.5", "two,\"1,234\"", "three,3");
    }

    @Test
    void aNumberThatNeverVariesTeachesNothing() {
        assertRefused(NUMBERS, "in every row", "text,label", "one,7", "two,7", "three,7");
    }

    @Test
    void severalNumbersHaveAColumnEach() throws IOException {
        LabeledTexts both = table(NUMBERS, "text,width,height", "one,1,2", "two,3,5")
                .withLabels(List.of("height", "width"))
                .texts()
                .train();

        assertThat(both.kind()).isEqualTo(new Numbers(List.of("height", "width")));
        assertThat(both.targets().values()).containsExactly(2, 1, 5, 3);
    }

    @Test
    void manyDifferentNumbersAreNoClasses() throws IOException {
        String[] rows = new String[41];
        rows[0] = "text,label";
        for (int i = 1; i < rows.length; i++) {
            rows[i] = "text number " + i + "," + i * 1.5;
        }
        assertThat(texts(TargetReading.USUAL, rows).kind()).isInstanceOf(Numbers.class);
        assertThat(texts(TargetReading.of(OneClass.TASK), rows).kind()).isInstanceOf(OneClass.class);
        for (int i = 1; i < rows.length; i++) {
            rows[i] = "text number " + i + "," + i % 10;
        }
        assertThat(texts(TargetReading.USUAL, rows).kind()).isInstanceOf(OneClass.class);
    }

    @Test
    void gradesStandInTheOrderOfTheirNumbersOrInTheirOwn() throws IOException {
        assertThat(texts(GRADES, "text,label", "one,10", "two,2", "three,1").classNames())
                .containsExactly("1", "2", "10");
        assertThat(texts(GRADES.withGrades(List.of("bad", "fair", "good")), "text,label", "one,good", "two,bad")
                        .classNames())
                .containsExactly("bad", "fair", "good");
        assertRefused(GRADES, "order of these grades", "text,label", "one,good", "two,bad");
        assertRefused(
                GRADES.withGrades(List.of("bad", "good")), "fine", "text,label", "one,good", "two,bad", "three,fine");
    }

    @Test
    void aTestPartHasNoOtherLabelsThanTrainingDoes() {
        assertRefused(
                LABELS, "'fish'", "text,label,split", "one,cat|dog,train", "two,dog,train", "three,fish|dog,test");
    }

    @Test
    void whatABundleTellsIsReadByItsOwnKind() throws IOException {
        TargetKind known = new LabelSet(List.of("dog", "cat"));

        assertThat(table(LABELS, "text,label", "one,cat", "two,dog|cat")
                        .texts(known)
                        .examples()
                        .targets()
                        .values())
                .containsExactly(0, 1, 1, 1);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(
                        () -> table(NUMBERS, "text,label", "one,cat", "two,dog").texts(new Numbers(List.of("price"))))
                .withMessageContaining("'cat'");
    }

    @Test
    void severalColumnsAreForLabelsAndNumbers() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> table(TargetReading.USUAL, "text,a,b", "one,1,2", "two,3,4")
                        .withLabels(List.of("a", "b"))
                        .texts())
                .withMessageContaining("one column of labels");
    }

    @Test
    void whatIsSaidOfATaskMustBeOfUseThere() {
        assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> TargetReading.of("clustering"));
        assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> NUMBERS.withSeparator(";"));
        assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> LABELS.withGrades(List.of("a")));
    }

    private void assertRefused(TargetReading reading, String told, String... rows) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> texts(reading, rows))
                .withMessageContaining(told);
    }

    private LabeledTexts texts(TargetReading reading, String... rows) throws IOException {
        return table(reading, rows).texts().train();
    }

    private LabeledTable table(TargetReading reading, String... rows) throws IOException {
        Path file = directory.resolve("table.csv");
        Files.write(file, List.of(rows));
        return LabeledTable.of(file).withColumns(ItemColumns.text("text")).withTargets(reading);
    }
}
