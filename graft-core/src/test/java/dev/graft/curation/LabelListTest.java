package dev.graft.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.LabeledTexts;
import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import dev.graft.reading.LabeledTable;
import dev.graft.reading.PartlyLabeled;
import dev.graft.reading.TargetReading;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelListTest {
    @TempDir
    private Path folder;

    private Path list = Path.of("");

    @BeforeEach
    void nameIt() {
        list = folder.resolve("next.csv");
    }

    private void write(boolean overwrite) {
        LabelList.write(
                list,
                "text",
                LabelList.Form.OF_CLASSES,
                List.of("so, so", "=1+1", "two\nlines"),
                "<!doctype html>",
                overwrite);
    }

    @Test
    void aFilledListIsReadAsLabelledExamples() throws IOException {
        write(false);
        Files.writeString(
                list, Files.readString(list).replace("so\",", "so\",good").replace("1,\n", "1,bad\n"));

        LabeledTexts texts = LabeledTable.of(list).texts().train();

        assertThat(texts.classNames()).containsExactly("bad", "good");
        assertThat(texts.text(0)).isEqualTo("so, so");
        assertThat(texts.size()).isEqualTo(2);
    }

    @Test
    void aListThatHoldsALabelIsNeverReplaced() throws IOException {
        write(false);
        Files.writeString(list, Files.readString(list).replace("so\",", "so\",good"));

        assertThatThrownBy(() -> write(true))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("never replaced")
                .hasMessageContaining("1 label");
        assertThat(Files.readString(list)).contains("good");
    }

    @Test
    void severalNumbersHaveAColumnEachAndAreNeverReplacedEither() throws IOException {
        Numbers kind = new Numbers(List.of("price, net", "rooms"));
        LabelList.Form form = LabelList.Form.of(kind);
        LabelList.write(list, "text", form, List.of("a", "b"), "<!doctype html>", false);
        assertThat(Files.readString(list)).isEqualTo("text,\"price, net\",rooms\na,,\nb,,\n");
        assertThat(form.table(list).partlyLabeled().labels()).containsExactly("", "");
        LabelList.requireReplaceable(list, true);

        Files.writeString(list, "text,\"price, net\",rooms\na,12.5,\nb,,\n");

        assertThatThrownBy(() -> LabelList.requireReplaceable(list, true)).hasMessageContaining("1 label");
        assertThat(form.table(list).partlyLabeled().labels()).containsExactly("12.5, ", "");
    }

    @Test
    void aListSaysHowItIsFilledIn() {
        assertThat(LabelList.Form.of(new Numbers(List.of("price"))).help()).isEqualTo("Fill in the column label.");
        assertThat(LabelList.Form.of(new Numbers(List.of("price", "rooms"))).help())
                .contains("columns price, rooms");
        assertThat(LabelList.Form.of(new LabelSet(List.of("a"))).help()).contains(";", "none of them");
    }

    @Test
    void whatIsLeftOpenOfSeveralLabelsIsNoExampleWithoutAny() throws IOException {
        LabelList.Form form = LabelList.Form.of(new LabelSet(List.of("a", "b")));
        LabelList.write(list, "text", form, List.of("1", "2", "3", "4"), "<!doctype html>", false);
        assertThat(form.table(list).partlyLabeled().labeledCount()).isZero();
        LabelList.requireReplaceable(list, true);

        Files.writeString(list, "text,label\n1,a;b\n2,\n3,?\n4,b\n");
        LabeledTexts texts = LabeledTable.of(list)
                .withTargets(TargetReading.of("multi-label"))
                .texts()
                .train();

        assertThat(texts.targets().values()).containsExactly(1, 1, 0, 0, 0, 1);
        assertThat(texts.text(2)).isEqualTo("4");
        assertThat(form.table(list).partlyLabeled().labels()).containsExactly("a;b", "", "", "b");
        assertThatThrownBy(() -> LabelList.requireReplaceable(list, true)).hasMessageContaining("2 labels");
    }

    @Test
    void aListWithoutLabelsIsReplacedIfThatIsAllowed() {
        write(false);

        assertThatThrownBy(() -> write(false))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("there already");
        write(true);
        assertThat(LabelList.page(list)).exists();
    }

    @Test
    void whatGraftDidNotWriteIsNeverReplaced() throws IOException {
        Files.writeString(list, "path,label\na.png,\n");

        assertThatThrownBy(() -> write(true))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("did not write");
    }

    @Test
    void aListIsACsvFile() {
        assertThatThrownBy(() -> LabelList.requireReplaceable(folder.resolve("next.txt"), false))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(".csv");
    }

    @Test
    void pathsBelowTheListAreRelativeToIt() {
        assertThat(LabelList.path(list, folder.resolve("in/a.png")))
                .isEqualTo(Path.of("in", "a.png").toString());
        assertThat(LabelList.path(folder.resolve("out/next.csv"), folder.resolve("a.png")))
                .isEqualTo(folder.resolve("a.png").toString());
    }

    @Test
    void aPathThatLooksLikeAFormulaIsStillAPath() {
        assertThat(LabelList.path(list, folder.resolve("-a.png")))
                .isEqualTo(Path.of(".", "-a.png").toString());
        assertThat(folder.resolve(LabelList.path(list, folder.resolve("=a.png")))
                        .normalize())
                .isEqualTo(folder.resolve("=a.png"));
    }

    @Test
    void anEarlierListSaysWhatIsNotToBeChosenAgain() throws IOException {
        write(false);
        Files.writeString(list, Files.readString(list).replace("so\",", "so\",good"));
        PartlyLabeled<?> pool = LabeledTable.of(
                        Files.writeString(folder.resolve("pool.csv"), "text\nnew\n\"so, so\"\n=1+1\nnewer\n"))
                .partlyLabeled();

        LabelingPool joined = LabelingPool.of(pool, LabeledTable.of(list).partlyLabeled());

        assertThat(joined.labels()).containsExactly("", "good", "", "", "");
        assertThat(joined.listed()).containsExactly(false, true, true, false, true);
        assertThat(joined.notes()).anyMatch(note -> note.startsWith("2 examples are listed already"));
        assertThatThrownBy(() -> joined.requireLeft(3))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("at most 2");
    }

    @Test
    void anExampleWithTwoLabelsIsRefused() throws IOException {
        PartlyLabeled<?> one = table("one.csv", "text,label\nx,a\ny,\n");
        PartlyLabeled<?> other = table("other.csv", "text,label\nx,b\n");

        assertThatThrownBy(() -> LabelingPool.of(one, other))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("two labels")
                .hasMessageContaining("'a' and 'b'");
    }

    @Test
    void picturesAndTextsDoNotMix() throws IOException {
        PartlyLabeled<?> texts = table("texts.csv", "text,label\nx,a\ny,\n");
        PartlyLabeled<?> pictures = table("pictures.csv", "path,label\nx.png,a\n");

        assertThatThrownBy(() -> LabelingPool.of(texts, pictures))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("another kind");
    }

    @Test
    void ofTooManyExamplesThoseThatAreListedStay() throws IOException {
        StringBuilder rows = new StringBuilder("text,label\n");
        for (int i = 0; i < 50; i++) {
            rows.append("text ").append(i).append(i % 10 == 0 ? ",a\n" : ",\n");
        }
        LabelingPool pool = LabelingPool.of(table("many.csv", rows.toString()), null);

        LabelingPool some = pool.atMost(12, 3);

        assertThat(some.examples().size()).isEqualTo(12);
        assertThat(some.labeledCount()).isEqualTo(5);
        assertThat(some.notes()).anyMatch(note -> note.contains("12 of 50"));
        assertThat(pool.atMost(50, 3)).isSameAs(pool);
    }

    private PartlyLabeled<?> table(String name, String content) throws IOException {
        return LabeledTable.of(Files.writeString(folder.resolve(name), content)).partlyLabeled();
    }
}
