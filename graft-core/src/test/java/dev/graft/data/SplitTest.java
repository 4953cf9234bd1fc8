package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {
    private final LabeledImages data = LabelsOnly.withCounts(100, 37, 10);

    @Test
    void everyExampleIsInExactlyOnePart() {
        Split.Parts parts = Split.stratified(0.8, 0.1, 0.1).apply(data);

        assertThat(IntStream.concat(
                        IntStream.concat(pixels(parts.train()), pixels(parts.validation())), pixels(parts.test())))
                .hasSize(147)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 147).boxed().toList());
    }

    /** 37 examples: quotas 29.6, 3.7, 3.7; the two examples left after 29, 3, 3 go to the two largest remainders. */
    @Test
    void eachClassIsDividedByLargestRemainder() {
        Split.Parts parts = Split.stratified(0.8, 0.1, 0.1).apply(data);

        assertThat(LabelsOnly.counts(parts.train())).containsExactly(80, 29, 8);
        assertThat(LabelsOnly.counts(parts.validation())).containsExactly(10, 4, 1);
        assertThat(LabelsOnly.counts(parts.test())).containsExactly(10, 4, 1);
    }

    @ParameterizedTest
    @CsvSource({"3, 1, 1, 1", "4, 2, 1, 1", "5, 3, 1, 1", "9, 7, 1, 1", "10, 8, 1, 1", "15, 12, 2, 1", "29, 23, 3, 3"})
    void noPartOfASmallClassIsEmpty(int examples, int train, int validation, int test) {
        Split.Parts parts = Split.stratified(0.8, 0.1, 0.1).apply(LabelsOnly.withCounts(examples));

        assertThat(new int[] {
                    parts.train().size(),
                    parts.validation().size(),
                    parts.test().size()
                })
                .containsExactly(train, validation, test);
    }

    @Test
    void aPartThatIsNotAskedForIsEmpty() {
        Split.Parts parts = Split.stratified(0.9, 0, 0.1).apply(data);

        assertThat(parts.validation().size()).isZero();
        assertThat(parts.train().size() + parts.test().size()).isEqualTo(147);
    }

    @Test
    void everythingCanBeForTraining() {
        assertThat(Split.stratified(1, 0, 0).apply(data).train().digest()).isEqualTo(data.digest());
    }

    @Test
    void theSameSeedSplitsTheSameWayAndAnotherSeedDoesNot() {
        Split split = Split.stratified(0.8, 0.1, 0.1, 7);

        assertThat(split.apply(data).test().digest())
                .isEqualTo(split.apply(data).test().digest());
        assertThat(split.apply(data).test().digest())
                .isNotEqualTo(split.withSeed(8).apply(data).test().digest());
        assertThat(Split.stratified(0.8, 0.1, 0.1).seed()).isEqualTo(42);
    }

    /** Pinned, because a resumed run and a report compare data by digest across releases. */
    @Test
    void theSplitOfASeedNeverChanges() {
        assertThat(pixels(Split.stratified(0.6, 0.2, 0.2, 7)
                        .apply(LabelsOnly.withCounts(10, 5))
                        .test()))
                .containsExactly(3, 9, 12);
    }

    @Test
    void theDataKeepsItsOrderWithinAPart() {
        assertThat(pixels(Split.stratified(0.5, 0.25, 0.25).apply(data).train()))
                .isSorted();
    }

    @ParameterizedTest
    @CsvSource({"0, 0 examples", "1, 1 example", "2, 2 examples"})
    void aClassTooSmallToSplitIsRefusedByNameAndCount(int count, String found) {
        assertThatThrownBy(() -> Split.stratified(0.8, 0.1, 0.1).apply(LabelsOnly.withCounts(50, count)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'animals' is too small to split")
                .hasMessageContaining("class-1")
                .hasMessageContaining("at least 3 examples")
                .hasMessageContaining("found     " + found);
    }

    @Test
    void aClassOfTwoCanBeSplitInTwo() {
        assertThat(Split.stratified(0.5, 0, 0.5)
                        .apply(LabelsOnly.withCounts(2))
                        .test()
                        .size())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0.8, 0.1, 0.2",
        "0.8, 0.1, 0.0",
        "0, 0.5, 0.5",
        "-0.2, 0.6, 0.6",
        "1.1, -0.1, 0",
        "NaN, 0.5, 0.5",
        "0.5, NaN, 0.5",
        "Infinity, 0, 0",
        "80, 10, 10"
    })
    void fractionsThatMakeNoSplitAreRefused(double train, double validation, double test) {
        assertThatThrownBy(() -> Split.stratified(train, validation, test))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("together 1")
                .hasMessageContaining("train " + train + ", validation " + validation + ", test " + test);
    }

    @Test
    void fractionsMaySumToOneButForRounding() {
        assertThat(Split.stratified(0.7, 0.2, 0.1)
                        .apply(LabelsOnly.withCounts(10))
                        .train()
                        .size())
                .isEqualTo(7);
    }

    private static IntStream pixels(LabeledExamples part) {
        return IntStream.range(0, part.size())
                .map(i -> ((LabeledImages) part).image(i).sample(0, 0, 0));
    }
}
