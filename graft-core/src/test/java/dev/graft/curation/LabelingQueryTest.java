package dev.graft.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.curation.LabelingQuery.Choice;
import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import dev.graft.targets.Decision;
import dev.graft.targets.LabelSet;
import dev.graft.targets.OneClass;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelingQueryTest {
    private final Embeddings vectors = Reference.vectors();
    private final LabelingQuery query = new LabelingQuery(vectors, 1);

    @Test
    void clustersAreThoseOfScikitLearn() {
        int clusters = Reference.number("clusters");
        int[] expected = Reference.numbers("assigned");
        int[] found = KMeans.of(vectors.vectors(0, vectors.count()), vectors.width(), clusters, 1);

        for (int i = 0; i < found.length; i++) {
            for (int j = 0; j < found.length; j++) {
                assertThat(found[i] == found[j]).isEqualTo(expected[i] == expected[j]);
            }
        }
    }

    @Test
    void typicalExamplesAreTheNearestToTheirNeighborsByScikitLearn() {
        List<Choice> choices = query.typical(new boolean[vectors.count()], Reference.number("clusters"));

        assertThat(choices.stream().mapToInt(Choice::index).toArray()).containsExactly(Reference.numbers("typical"));
        assertThat(choices).extracting(Choice::clusterSize).isSortedAccordingTo(Collections.reverseOrder());
    }

    @Test
    void aClusterThatHoldsALabelIsPassedOver() {
        int[] assigned = Reference.numbers("assigned");
        boolean[] labeled = new boolean[vectors.count()];
        int[] typical = Reference.numbers("typical");
        labeled[typical[0]] = true;
        labeled[typical[1]] = true;

        List<Choice> choices = query.typical(labeled, 2);

        assertThat(choices).noneMatch(one -> labeled[one.index()]);
        assertThat(choices.stream().map(one -> assigned[one.index()]))
                .doesNotContain(assigned[typical[0]], assigned[typical[1]])
                .doesNotHaveDuplicates();
    }

    @Test
    void whereEveryClusterHoldsALabelOthersAreChosenAllTheSame() {
        boolean[] labeled = new boolean[vectors.count()];
        Arrays.fill(labeled, 0, vectors.count() - 3, true);

        assertThat(query.typical(labeled, 3))
                .extracting(Choice::index)
                .containsExactlyInAnyOrder(vectors.count() - 3, vectors.count() - 2, vectors.count() - 1);
    }

    @Test
    void whatIsTheSameAgainAndAgainIsStillChosenFrom() {
        Embeddings same = Embeddings.of(new float[] {1, 2, 1, 2, 1, 2, 1, 2, 1, 2}, 2);

        assertThat(new LabelingQuery(same, 1).typical(new boolean[5], 4))
                .extracting(Choice::index)
                .doesNotHaveDuplicates()
                .hasSize(4);
    }

    @Test
    void unsureExamplesAreAmongThoseWithTheSmallestMargins() {
        float[][] probabilities = IntStream.range(0, vectors.count())
                .mapToObj(i -> i < 30 ? new float[] {0.52f, 0.48f} : new float[] {0.99f, 0.01f})
                .toArray(float[][]::new);
        boolean[] labeled = new boolean[vectors.count()];
        labeled[2] = true;

        List<Choice> choices = query.unsure(
                labeled, Uncertainty.of(new OneClass(List.of("a", "b")), probabilities, Decision.USUAL), 3);

        assertThat(choices).allMatch(one -> one.index() < 30 && one.index() != 2);
        assertThat(choices).extracting(Choice::margin).allMatch(margin -> margin < 0.05);
        assertThat(choices).extracting(Choice::index).doesNotHaveDuplicates().hasSize(3);
    }

    @Test
    void severalLabelsAreUnsureWhereTheNearestOneIsAtItsThreshold() {
        float[][] probabilities = {{0.9f, 0.1f}, {0.48f, 0.9f}, {0.9f, 0.22f}};
        Uncertainty uncertainty =
                Uncertainty.of(new LabelSet(List.of("a", "b")), probabilities, new Decision(List.of(0.5, 0.2)));

        assertThat(uncertainty.margin(0)).isCloseTo(0.1, within(1e-6));
        assertThat(uncertainty.margin(1)).isCloseTo(0.02, within(1e-6));
        assertThat(uncertainty.margin(2)).isCloseTo(0.02, within(1e-6));
        assertThat(uncertainty.reason(0)).isEqualTo("its nearest label lies 0.10 from the threshold");
    }

    @Test
    void ofNumbersTheFarthestExamplesAreChosen() {
        double[] distances = new double[vectors.count()];
        Arrays.fill(distances, 1);
        Arrays.fill(distances, 0, 30, 7);
        boolean[] labeled = new boolean[vectors.count()];

        LabelingQuery.Round round = query.next(labeled, Uncertainty.ofDistances(distances), 3);

        assertThat(round.method()).contains("far from those that the network learned from");
        assertThat(round.choices()).hasSize(3).allMatch(one -> one.index() < 30 && Double.isNaN(one.margin()));
        assertThat(round.choices().get(0).reason()).contains("7.00");
    }

    @Test
    void whereNothingIsKnownOfANetworkTypicalExamplesAreChosenAndThatIsSaid() {
        boolean[] labeled = new boolean[vectors.count()];

        LabelingQuery.Round round = query.next(labeled, Uncertainty.unknown(), 3);

        assertThat(round.method()).contains("typical", "keeps no record");
        assertThat(round.choices()).isEqualTo(query.typical(labeled, 3));
    }

    @Test
    void manyLabelsMakeItAskAHead() {
        int[] assigned = Reference.numbers("assigned");
        String[] few = new String[vectors.count()];
        Arrays.fill(few, "");
        few[0] = "a";
        few[1] = "b";
        String[] many = new String[vectors.count()];
        for (int i = 0; i < many.length; i++) {
            many[i] = i < 55 ? (assigned[i] < 2 ? "a" : "b") : "";
        }

        assertThat(query.next(List.of(few), listed(few), 2).method()).contains("typical");
        LabelingQuery.Round round = query.next(List.of(many), listed(many), 2);
        assertThat(round.method()).contains("55 labels");
        assertThat(round.choices()).allMatch(one -> one.index() >= 55 && one.margin() >= 0);
    }

    @Test
    void oneClassAloneTeachesNoHead() {
        String[] labels = new String[vectors.count()];
        Arrays.fill(labels, "a");
        labels[5] = "";

        assertThat(query.next(List.of(labels), listed(labels), 1).choices())
                .extracting(Choice::index)
                .containsExactly(5);
    }

    @Test
    void aBudgetThatCannotBeSpentIsRefused() {
        boolean[] none = new boolean[vectors.count()];

        assertThatThrownBy(() -> query.typical(none, 0))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("at least 1");
        assertThatThrownBy(() -> query.typical(none, 61))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("at most 60");
    }

    private static boolean[] listed(String[] labels) {
        boolean[] listed = new boolean[labels.length];
        IntStream.range(0, listed.length).forEach(i -> listed[i] = !labels[i].isEmpty());
        return listed;
    }
}
