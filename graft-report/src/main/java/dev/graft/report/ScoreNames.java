package dev.graft.report;

import dev.graft.result.CandidateResult;
import dev.graft.result.CurvePoint;
import dev.graft.result.EpochResult;
import dev.graft.result.ProbeResult;
import dev.graft.result.SourceScore;
import dev.graft.result.StrategyResult;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.PropertyNamingStrategy;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedField;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Names in {@code metrics.json} where the main measure is no accuracy: {@code testScore} in the place of
 * {@code testAccuracy}, and so on. What is an accuracy of any target, such as that of the source model or of a range of
 * confidences, keeps its name.
 */
final class ScoreNames extends PropertyNamingStrategy {
    private static final long serialVersionUID = 1L;

    private static final Set<Class<?>> RECORDS = Set.of(
            StrategyResult.Score.class,
            EpochResult.class,
            CurvePoint.class,
            CandidateResult.class,
            ProbeResult.class,
            SourceScore.class);
    private static final Map<String, String> NAMES = Map.of(
            "testAccuracy", "testScore",
            "seedAccuracies", "seedScores",
            "meanAccuracy", "meanScore",
            "accuracy", "score",
            "validationAccuracy", "validationScore");

    private static String name(AnnotatedMember member, String name) {
        return RECORDS.contains(member.getDeclaringClass()) ? NAMES.getOrDefault(name, name) : name;
    }

    @Override
    public String nameForField(MapperConfig<?> config, AnnotatedField field, String name) {
        return name(field, name);
    }

    @Override
    public String nameForGetterMethod(MapperConfig<?> config, AnnotatedMethod method, String name) {
        return name(method, name);
    }

    @Override
    public String nameForConstructorParameter(MapperConfig<?> config, AnnotatedParameter parameter, String name) {
        return name(parameter, name);
    }

    /** Lets both names be read, whatever the target. */
    static final class BothRead extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public List<PropertyName> findPropertyAliases(MapperConfig<?> config, Annotated annotated) {
            String other = annotated instanceof AnnotatedParameter parameter ? other(parameter) : null;
            return other == null
                    ? super.findPropertyAliases(config, annotated)
                    : List.of(PropertyName.construct(other));
        }

        /** The other name of a component of one of the records; parameters have no names where a class does not keep them. */
        private static @Nullable String other(AnnotatedParameter parameter) {
            RecordComponent[] components = parameter.getDeclaringClass().getRecordComponents();
            boolean canonical = components != null
                    && components.length == parameter.getOwner().getParameterCount();
            return canonical && RECORDS.contains(parameter.getDeclaringClass())
                    ? NAMES.get(components[parameter.getIndex()].getName())
                    : null;
        }
    }
}
