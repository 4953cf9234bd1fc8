package dev.graft.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.data.LabeledTexts;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SentencesTest {
    @Test
    void madeSentencesAreTheSameEachTimeAndAboutAsLongAsFilmReviews() {
        LabeledTexts texts = Sentences.made(256);
        int[] words = IntStream.range(0, texts.size())
                .map(i -> texts.text(i).split(" ", -1).length)
                .toArray();

        assertThat(texts.digest()).isEqualTo(Sentences.made(256).digest());
        assertThat(IntStream.of(words)).allSatisfy(count -> assertThat(count).isBetween(2, 52));
        assertThat(IntStream.of(words).average().orElseThrow()).isCloseTo(Sentences.MEAN_WORDS, within(2.0));
        assertThat(IntStream.of(words).distinct().count()).isGreaterThan(20);
        assertThat(IntStream.range(0, 256).map(texts::label).sum()).isEqualTo(128);
    }
}
