package dev.graft.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnfamiliarTextsTest {
    private static final List<String> KNOWN = List.of("the", "film", "was", "good");

    @Test
    void textsOfKnownWordsAreFamiliar() {
        assertThat(remark("The film was good, good!")).isEmpty();
    }

    @Test
    void unknownWordsAreCounted() {
        assertThat(remark("the film 好 好").orElseThrow()).startsWith("50% of the tokens of 'reviews' are unknown");
    }

    @Test
    void wordsInManyPiecesAreSaid() {
        assertThat(remark("der film war gut").orElseThrow()).contains("pieces of 1.3 letters");
    }

    @Test
    void charactersOfScriptsWithoutSpacesAreNoPieces() {
        assertThat(UnfamiliarTexts.remark(1000, i -> "味道", "reviews", new Characters()))
                .isEmpty();
    }

    @Test
    void aFewTextsAreTooFewToTell() {
        assertThat(UnfamiliarTexts.remark(3, i -> "der film war gut", "reviews", new Pieces()))
                .isEmpty();
    }

    private static Optional<String> remark(String text) {
        return UnfamiliarTexts.remark(1000, i -> text, "reviews", new Pieces());
    }

    /** Known words are whole, others in ASCII are letters, and the rest is unknown; between two marks. */
    private static class Pieces implements Tokenization {
        @Override
        public String fingerprint() {
            return "Pieces[]";
        }

        @Override
        public int maxTokens() {
            return 100;
        }

        @Override
        public Tokenization withMaxTokens(int most) {
            return this;
        }

        @Override
        public int highestId() {
            return 200;
        }

        @Override
        public Tokens tokens(String text) {
            IntStream ids = Arrays.stream(text.toLowerCase(Locale.ROOT).split("[ ,!]+"))
                    .filter(word -> !word.isEmpty())
                    .flatMapToInt(this::pieces)
                    .boxed()
                    .mapToInt(Integer::intValue);
            return new Tokens(
                    IntStream.concat(IntStream.concat(IntStream.of(1), ids), IntStream.of(2))
                            .toArray(),
                    false);
        }

        IntStream pieces(String word) {
            int known = KNOWN.indexOf(word);
            if (known >= 0) {
                return IntStream.of(10 + known);
            }
            return word.chars().allMatch(c -> c < 128) ? word.chars() : IntStream.of(0);
        }
    }

    /** Each character is a token. */
    private static final class Characters extends Pieces {
        @Override
        IntStream pieces(String word) {
            return word.chars().map(c -> c % 100 + 3);
        }
    }
}
