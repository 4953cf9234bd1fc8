package dev.graft.report;

import dev.graft.data.CsvField;
import dev.graft.result.EpochResult;
import dev.graft.result.ExperimentResult;
import dev.graft.result.SourceResult;
import dev.graft.result.StrategyResult;
import java.util.List;

/** Writes every epoch of every strategy as CSV, names as {@link CsvField} has them; a number that was not measured is left empty. */
final class HistoryCsv {
    private static final String HEADER = "strategy,epoch,phase,loss,accuracy,validationLoss,validationAccuracy\n";
    private static final String SCORES = "strategy,epoch,phase,loss,score,validationLoss,validationScore\n";

    private HistoryCsv() {}

    static String write(ExperimentResult result) {
        boolean classes = TargetWords.of(result.target()).areClasses();
        StringBuilder csv = new StringBuilder(classes ? HEADER : SCORES);
        for (StrategyResult row : result.results()) {
            append(csv, row.strategy(), row.history());
        }
        return csv.toString();
    }

    static String write(SourceResult result) {
        StringBuilder csv = new StringBuilder(HEADER);
        append(csv, "pretraining", result.history());
        return csv.toString();
    }

    private static void append(StringBuilder csv, String strategy, List<EpochResult> history) {
        for (EpochResult epoch : history) {
            csv.append(CsvField.of(strategy)).append(',');
            csv.append(epoch.epoch()).append(',');
            csv.append(CsvField.of(epoch.phase())).append(',');
            csv.append(number(epoch.loss())).append(',');
            csv.append(number(epoch.accuracy())).append(',');
            csv.append(number(epoch.validationLoss())).append(',');
            csv.append(number(epoch.validationAccuracy())).append('\n');
        }
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }
}
