package dev.graft.benchmark.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetTableTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyCellHasANameOfItsOwn() {
        assertThat(BudgetTable.names())
                .hasSize(18)
                .doesNotHaveDuplicates()
                .contains("texts-1000-30s", "pictures-50000-5m");
    }

    @Test
    void whatTookLongerThanABudgetPromisesIsBold() {
        BudgetCell cell = new BudgetCell("texts", 50_000, "2m", null);

        assertThat(cell.allowed()).isEqualTo(137);
        assertThat(cell.with(measured(137)).row())
                .isEqualTo(String.format(
                        "| texts | 50,000 | 2m | 137 s | 137 s | 0.750 | 900 | 100 | 1024 MiB | `lp-ft` |%n"));
        assertThat(cell.with(measured(137.1)).row()).contains("**137 s**");
        assertThat(cell.row()).isEmpty();
    }

    @Test
    void theTableStandsBetweenItsMarks() throws IOException {
        Path page = folder.resolve("page.md");
        Files.writeString(page, "before\n" + BudgetTable.BEGIN + "\nold\n" + BudgetTable.END + "\nafter\n");

        BudgetTable.rewrite(page, BudgetTable.table(List.of()));

        assertThat(page)
                .content()
                .startsWith("before\n")
                .endsWith("\nafter\n")
                .contains("| took |")
                .doesNotContain("old");
    }

    @Test
    void thePeakIsReadInKibibytes() {
        assertThat(BudgetTable.peak(List.of("VmPeak:\t  9 kB", "VmHWM:\t  2048 kB")))
                .isEqualTo(2 << 20);
        assertThat(BudgetTable.peak(List.of())).isZero();
    }

    private static BudgetCell.Measured measured(double seconds) {
        return new BudgetCell.Measured(seconds, 0.75, 900, 100, 1 << 30, "lp-ft");
    }
}
