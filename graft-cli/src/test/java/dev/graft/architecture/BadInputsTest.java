package dev.graft.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the table of bad inputs to what there is. */
class BadInputsTest {
    private static final Path TABLE = Path.of("..", "docs", "bad-inputs.md");
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern PROOF = Pattern.compile("\\[`(\\w+)#(\\w+)`]\\(([^)]+)\\)");

    static List<MatchResult> rows() throws IOException {
        try (Stream<String> lines = Files.lines(TABLE)) {
            return lines.map(ROW::matcher)
                    .filter(Matcher::matches)
                    .map(Matcher::toMatchResult)
                    .toList();
        }
    }

    @Test
    void everyNumberIsThereOnce() throws IOException {
        List<Integer> expected = IntStream.rangeClosed(1, 92).boxed().collect(Collectors.toList());

        assertThat(rows()).extracting(row -> Integer.valueOf(row.group(1))).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyInputIsProvedByTestsThatExist(MatchResult row) throws IOException {
        List<MatchResult> proofs = PROOF.matcher(row.group(4)).results().toList();

        assertThat(proofs).as(row.group()).isNotEmpty();
        for (MatchResult proof : proofs) {
            Path file = TABLE.resolveSibling(proof.group(3)).normalize();
            assertThat(file).as(row.group()).isRegularFile().hasFileName(proof.group(1) + ".java");
            assertThat(Files.readString(file)).contains("void " + proof.group(2) + "(");
        }
    }
}
