package dev.graft.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.backbone.Architectures;
import dev.graft.data.LabeledTexts;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.Targets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutOfFoldAnswersTest {
    @Test
    void copiesAreHeldBackTogetherWhateverTheirLabels() {
        List<String> texts =
                IntStream.range(0, 60).mapToObj(i -> "text " + i % 20).toList();
        int[] labels = IntStream.range(0, 60).map(i -> i / 7 % 2).toArray();

        List<int[]> folds = OutOfFoldAnswers.folds(LabeledTexts.of("copies", List.of("a", "b"), texts, labels), 5, 1);

        assertThat(folds.stream().flatMapToInt(IntStream::of)).hasSize(60).doesNotHaveDuplicates();
        assertThat(folds).hasSize(5);
        for (int[] fold : folds) {
            assertThat(fold).isSorted();
            for (int example : fold) {
                assertThat(fold).contains(example % 20, example % 20 + 20, example % 20 + 40);
            }
        }
    }

    @Test
    void fewExamplesMakeFewFolds() {
        LabeledTexts texts =
                LabeledTexts.of("few", List.of("a", "b"), List.of("1", "2", "3", "4"), new int[] {0, 0, 1, 1});

        assertThat(OutOfFoldAnswers.folds(texts, 5, 1)).hasSize(2);
    }

    @Test
    void aFewCutsOfEveryNetworkDifferFromEachOther() {
        for (String id : List.of("digits-cnn", "cifar-resnet", "efficientnet_lite0")) {
            List<Cut> cuts = FeatureCuts.few(Architectures.named(id));

            assertThat(cuts).as(id).hasSizeBetween(3, 6).doesNotHaveDuplicates();
            assertThat(cuts).as(id).anyMatch(cut -> cut.isPooledBy(Pooling.QUADRANTS));
        }
    }

    @Test
    void everyPartHasTheSmallClassesAndItsShareOfTheLargeOnes() {
        int[] labels = IntStream.range(0, 1000).map(i -> i < 30 ? 1 : 0).toArray();

        List<int[]> parts = OutOfFoldAnswers.parts(Targets.ofClasses(List.of("a", "b"), labels), 3, 1);

        assertThat(parts).hasSize(3).allMatch(part -> part.length >= 352 && part.length <= 355);
        for (int[] part : parts) {
            assertThat(part).isSorted().contains(IntStream.range(0, 30).toArray());
        }
        assertThat(parts.stream().flatMapToInt(IntStream::of).distinct()).hasSize(1000);
    }

    @Test
    void everyPartHasWhatFewHaveAndWhatFewLack() {
        double[] values = new double[2000];
        for (int i = 0; i < 1000; i++) {
            values[2 * i] = i < 30 ? 1 : 0;
            values[2 * i + 1] = i >= 950 ? 0 : 1;
        }

        List<int[]> parts = OutOfFoldAnswers.parts(Targets.of(new LabelSet(List.of("rare", "usual")), values), 3, 1);

        for (int[] part : parts) {
            assertThat(part)
                    .isSorted()
                    .hasSizeBetween(365, 400)
                    .contains(IntStream.range(0, 30).toArray())
                    .contains(IntStream.range(950, 1000).toArray());
        }
        assertThat(parts.stream().flatMapToInt(IntStream::of).distinct()).hasSize(1000);
    }

    @Test
    void numbersAreDealtByTheirHeightEachToOnePart() {
        double[] values = IntStream.range(0, 1000).mapToDouble(i -> i).toArray();

        List<int[]> parts = OutOfFoldAnswers.parts(Targets.of(new Numbers(List.of("n")), values), 4, 1);

        assertThat(parts.stream().flatMapToInt(IntStream::of)).hasSize(1000).doesNotHaveDuplicates();
        for (int[] part : parts) {
            assertThat(IntStream.of(part).average().orElseThrow()).isCloseTo(499.5, within(30.0));
        }
    }
}
