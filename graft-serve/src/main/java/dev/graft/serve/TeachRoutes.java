package dev.graft.serve;

import dev.graft.bundle.Bundle;
import dev.graft.data.Image;
import dev.graft.error.Problem;
import dev.graft.export.OnnxExport;
import dev.graft.image.ImageFiles;
import dev.graft.teaching.Teaching;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Teaches classes example by example, and gives away what was learned. */
final class TeachRoutes implements RouteGroup {
    private static final String SESSION = "/v1/teach/{session}";
    private static final int NEIGHBOURS = 3;
    private static final int NAME_CHARACTERS = 100;

    private final TeachSessions sessions;
    private final ServerLimits limits;
    private final ServerMetrics metrics;

    TeachRoutes(TeachSessions sessions, ServerLimits limits, ServerMetrics metrics) {
        this.sessions = sessions;
        this.limits = limits;
        this.metrics = metrics;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/v1/teach", call -> Reply.json(sessions.open().status())),
                Route.get(SESSION, call -> Reply.json(session(call).status())),
                delete(SESSION, this::end),
                Route.post(SESSION + "/examples", this::add),
                delete(SESSION + "/examples/{number}", this::remove),
                delete(SESSION + "/classes", this::removeClass),
                Route.post(SESSION + "/rename", this::rename),
                Route.post(SESSION + "/predict", this::predict),
                file(SESSION + "/bundle.zip", this::bundle),
                file(SESSION + "/onnx.zip", this::onnx));
    }

    private static Route delete(String path, Route.Endpoint endpoint) {
        return new Route("DELETE", path, Route.Access.TOKEN, Route.Pace.QUEUED, endpoint);
    }

    /** What is read, and takes a worker's time. */
    private static Route file(String path, Route.Endpoint endpoint) {
        return new Route("GET", path, Route.Access.TOKEN, Route.Pace.QUEUED, endpoint);
    }

    private TeachSession session(Call call) {
        TeachSession session = sessions.get(call.segment("session"));
        session.touch();
        return session;
    }

    private Reply end(Call call) {
        sessions.end(call.segment("session"));
        return new Reply(204, Reply.JSON, new byte[0], Map.of());
    }

    /**
     * What became of examples.
     *
     * @param numbers a number for each, in order; 0 for one that was there already
     * @param repeated how many were there already
     * @param session how the session stands
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Added(long[] numbers, int repeated, TeachSession.Status session) {}

    private Reply add(Call call) {
        call.requireParameters(Set.of("class"));
        TeachSession session = session(call);
        String className = name(call, "class");
        Examples examples = Bodies.examples(call, limits);
        Teaching.Added added;
        if (examples instanceof Examples.Texts texts) {
            added = session.addTexts(className, texts.texts());
        } else if (examples instanceof Examples.Pictures pictures) {
            added = session.addImages(className, images(call, pictures.files()));
        } else {
            throw new Refusal(
                    400,
                    Problem.of("Items of several parts are not taught here.")
                            .expected("pictures or texts")
                            .found(examples.kind())
                            .fix("fit a network on a table of them"));
        }
        return Reply.json(new Added(added.numbers(), added.repeated(), session.status()));
    }

    private List<Image> images(Call call, List<Examples.Picture> files) {
        List<Image> images = new ArrayList<>();
        long pixels = limits.pixels();
        for (int i = 0; i < files.size(); i++) {
            call.requireWanted();
            Image image = ImageFiles.decode("picture " + (i + 1), files.get(i).content(), pixels)
                    .image();
            pixels -= (long) image.height() * image.width();
            images.add(image);
        }
        return images;
    }

    private Reply remove(Call call) {
        String text = call.segment("number");
        long number = text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
        TeachSession session = session(call);
        if (!session.change(false, teaching -> teaching.remove(number))) {
            throw absent("example", "a number that an addition answered");
        }
        return Reply.json(session.status());
    }

    private Reply removeClass(Call call) {
        call.requireParameters(Set.of("class"));
        TeachSession session = session(call);
        String className = name(call, "class");
        if (!session.change(false, teaching -> teaching.removeClass(className))) {
            throw absent("class", "a class that the session has");
        }
        return Reply.json(session.status());
    }

    private static Refusal absent(String what, String expected) {
        return new Refusal(
                404,
                Problem.of("There is no such " + what + ".")
                        .expected(expected)
                        .fix("ask how the session stands, and use what it has"));
    }

    private Reply rename(Call call) {
        call.requireParameters(Set.of("class", "to"));
        TeachSession session = session(call);
        String from = name(call, "class");
        String to = name(call, "to");
        session.change(false, teaching -> {
            teaching.renameClass(from, to);
            return true;
        });
        return Reply.json(session.status());
    }

    private static String name(Call call, String parameter) {
        String name = call.parameter(parameter);
        String stripped = name == null ? "" : name.strip();
        boolean visible = stripped.codePoints().noneMatch(Character::isISOControl);
        if (stripped.isEmpty() || stripped.length() > NAME_CHARACTERS || !visible) {
            throw new Refusal(
                    400,
                    Problem.of("A class needs a name.")
                            .where("query parameter " + parameter)
                            .expected("1 to " + NAME_CHARACTERS + " characters in one line")
                            .found(name == null ? "none" : stripped.length() + " characters")
                            .fix("give it a name"));
        }
        return stripped;
    }

    /**
     * What a network says of examples, and which of those that it was taught they are most like.
     *
     * @param revision of the examples that it has learned from
     * @param predictions an answer for each example
     * @param neighbours for each example those that it is most like, the nearest first
     */
    record Answered(long revision, List<PredictionAnswer> predictions, List<List<Teaching.Neighbor>> neighbours) {}

    private Reply predict(Call call) {
        TeachSession session = session(call);
        PredictOptions options = PredictOptions.of(call);
        options.requireNoNearest("one that is taught, whose answers always come with those that are alike");
        Examples examples = Bodies.examples(call, limits);
        return session.with((teaching, lesson, classifier) -> {
            List<Image> pictures = new ArrayList<>();
            List<PredictionAnswer> answers = new Predictor("taught", classifier, null, options, limits, metrics, call)
                    .answers(examples, pictures::add);
            List<List<Teaching.Neighbor>> neighbours = new ArrayList<>();
            if (examples instanceof Examples.Texts texts) {
                for (String text : texts.texts()) {
                    call.requireWanted();
                    neighbours.add(teaching.nearest(text, NEIGHBOURS));
                }
            }
            for (Image picture : pictures) {
                call.requireWanted();
                neighbours.add(teaching.nearest(picture, NEIGHBOURS));
            }
            return Reply.json(new Answered(lesson.revision(), answers, neighbours));
        });
    }

    private Reply bundle(Call call) {
        return session(call)
                .with((teaching, lesson, classifier) -> zipped(
                        "graft-bundle.zip", directory -> Bundle.write(directory, teaching.complete(lesson), false)));
    }

    private Reply onnx(Call call) {
        return session(call)
                .with((teaching, lesson, classifier) ->
                        zipped("graft-onnx.zip", directory -> OnnxExport.write(directory, lesson.model(), false)));
    }

    private static Reply zipped(String name, ZippedDirectory.Writer writer) {
        return Reply.of("application/zip", ZippedDirectory.of(writer))
                .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }
}
