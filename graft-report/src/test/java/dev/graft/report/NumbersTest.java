package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.result.Interval;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class NumbersTest {
    @Test
    void areWrittenTheSameInEveryCountry() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Numbers.ratio(0.63)).isEqualTo("0.630");
            assertThat(Numbers.count(1234567)).isEqualTo("1,234,567");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void areADashWhereNothingWasMeasured() {
        assertThat(Numbers.ratio(Double.NaN)).isEqualTo("–");
        assertThat(Numbers.loss(Double.POSITIVE_INFINITY)).isEqualTo("–");
        assertThat(Numbers.seconds(Double.NaN)).isEqualTo("–");
        assertThat(Numbers.difference(Double.NaN)).isEqualTo("–");
    }

    @Test
    void haveTheirSignAsDifferences() {
        assertThat(Numbers.difference(0.0312)).isEqualTo("+0.031");
        assertThat(Numbers.difference(-0.37)).isEqualTo("−0.370");
        assertThat(Numbers.difference(-0.0001)).isEqualTo("0.000");
        assertThat(Numbers.differenceInterval(new Interval(Double.NEGATIVE_INFINITY, 0.5)))
                .isEqualTo("−∞ to +0.500");
    }

    @Test
    void keepAboutThreeDigitsAsTimes() {
        assertThat(Numbers.seconds(0)).isEqualTo("0 s");
        assertThat(Numbers.seconds(0.0274)).isEqualTo("0.027 s");
        assertThat(Numbers.seconds(5.934)).isEqualTo("5.93 s");
        assertThat(Numbers.seconds(41.27)).isEqualTo("41.3 s");
        assertThat(Numbers.seconds(321.4)).isEqualTo("321 s");
    }

    @Test
    void standOnRoundTicks() {
        Scale scale = Scale.accuracies(DoubleStream.of(0.63, 0.99, Double.NaN));

        assertThat(scale.low()).isEqualTo(0.6);
        assertThat(scale.ticks(4)).hasSize(5);
        assertThat(Numbers.tick(0.7000000001, scale.step(4))).isEqualTo("0.7");
        assertThat(Scale.accuracies(DoubleStream.empty()).low()).isZero();
        assertThat(Scale.losses(DoubleStream.of(Double.NaN)).high()).isPositive();
    }

    @Test
    void shortenLongNamesByTheirWidth() {
        assertThat(TextFit.shorten("圆形圆形圆形", 4)).isEqualTo("圆形圆…");
        assertThat(TextFit.shorten("circle", 12)).isEqualTo("circle");
    }
}
