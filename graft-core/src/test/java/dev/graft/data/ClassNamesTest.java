package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassNamesTest {
    @Test
    void twoClassesOfOneNameAreRefusedWhereverNamesAreTaken() {
        List<String> twice = List.of("cat", "dog", "cat");
        int[] labels = {0, 1};

        for (Runnable taking : List.<Runnable>of(
                () -> LabeledTexts.of("pets", twice, List.of("x", "y"), labels),
                () -> LabeledItems.of("pets", twice, labels),
                () -> ClassNames.require(twice, "pets"))) {
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(taking::run)
                    .withMessageContainingAll("pets, classes 0 and 2", "'cat' twice");
        }
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> ClassNames.requireOfNetwork(twice, "a network"));
    }

    @Test
    void aBlankNameIsRefused() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> LabeledTexts.of("pets", List.of("cat", " \t"), List.of("x"), new int[] {0}))
                .withMessageContainingAll("pets, class 1", "not blank");
    }

    @Test
    void labelsAreMatchedByName() {
        LabeledTexts data = LabeledTexts.of(
                "pets", List.of("cat", "dog", "cow"), List.of("x", "y", "z", "w"), new int[] {0, 1, 2, 0});

        assertThat(ClassNames.labelsFor(List.of("dog", "cow", "cat"), data)).containsExactly(2, 0, 1, 2);
        assertThat(ClassNames.labelsFor(List.of("cat", "dog", "cow"), data)).containsExactly(0, 1, 2, 0);
    }

    @Test
    void otherClassesAreRefusedWithWhatIsLackingAndWhatIsUnknown() {
        LabeledTexts data = LabeledTexts.of("pets", List.of("cat", "Dog"), List.of("x"), new int[] {0});

        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> ClassNames.labelsFor(List.of("cat", "dog"), data))
                .withMessageContainingAll("lacking   dog", "unknown   Dog");
    }

    @Test
    void aHundredThousandNamesTakeNoTime() {
        List<String> names =
                IntStream.range(0, 100_000).mapToObj(Integer::toString).toList();

        assertThat(ClassNames.labelsFor(names, LabeledTexts.of("many", names, List.of("x"), new int[] {99_999})))
                .containsExactly(99_999);
    }
}
