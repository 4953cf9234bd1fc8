package dev.graft.spark;

import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable;

/** The parameter for what a row that cannot be read does. */
final class HandleInvalid {
    static final String KEEP = "keep";
    private static final String ERROR = "error";

    private HandleInvalid() {}

    static Param<String> param(Identifiable stage) {
        return new Param<>(
                stage,
                "handleInvalid",
                "what a row that cannot be read does: keep (nulls and a reason) or error (ends the job)",
                ParamValidators.inArray(List.of(KEEP, ERROR)));
    }

    static boolean keeps(String value) {
        return value.equals(KEEP);
    }
}
