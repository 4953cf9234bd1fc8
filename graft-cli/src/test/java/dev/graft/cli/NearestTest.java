package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> COMMANDS =
            List.of("demo", "pretrain", "predict", "evaluate", "inspect", "backbones", "help");

    @ParameterizedTest
    @CsvSource({"dmeo,demo", "Demo,demo", "pretain,pretrain", "backbone,backbones", "eval,evaluate", "inspct,inspect"})
    void aSlipOfTheFingerFindsTheName(String typed, String meant) {
        assertThat(Nearest.to(typed, COMMANDS)).first().isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"serve", "x", "zzzz", "''"})
    void whatIsFarFromAllFindsNone(String typed) {
        assertThat(Nearest.to(typed, COMMANDS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'','',0", "abc,abc,0", "abc,'',3", "abc,acb,1", "kitten,sitting,3", "ca,abc,3"})
    void distanceIsTheOptimalStringAlignment(String a, String b, int expected) {
        assertThat(Nearest.distance(a, b)).isEqualTo(expected);
        assertThat(Nearest.distance(b, a)).isEqualTo(expected);
    }
}
