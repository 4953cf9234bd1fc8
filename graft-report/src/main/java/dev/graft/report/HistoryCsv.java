package dev.graft.report;

import dev.graft.result.EpochResult;
import dev.graft.result.ExperimentResult;
import dev.graft.result.StrategyResult;

/** Writes every epoch of every strategy as CSV after RFC 4180; a number that was not measured is left empty. */
final class HistoryCsv {
    private static final String HEADER = "strategy,epoch,phase,loss,accuracy,validationLoss,validationAccuracy\n";

    private HistoryCsv() {}

    static String write(ExperimentResult result) {
        StringBuilder csv = new StringBuilder(HEADER);
        for (StrategyResult row : result.results()) {
            for (EpochResult epoch : row.history()) {
                csv.append(quoted(row.strategy())).append(',');
                csv.append(epoch.epoch()).append(',');
                csv.append(quoted(epoch.phase())).append(',');
                csv.append(number(epoch.loss())).append(',');
                csv.append(number(epoch.accuracy())).append(',');
                csv.append(number(epoch.validationLoss())).append(',');
                csv.append(number(epoch.validationAccuracy())).append('\n');
            }
        }
        return csv.toString();
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }
}
