package dev.graft.example;

import dev.graft.data.LabeledTexts;
import dev.graft.experiment.TransferLearning;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Prediction;
import dev.graft.source.Backbones;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.training.TransferResult;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts read through a cursor of a database, and answers written back into it. */
public final class TextsFromDatabase {
    private static final List<String> PRAISE = List.of(
            "Quick delivery and a friendly driver.",
            "The soup was wonderful, we will order again.",
            "Fresh, warm and exactly what I asked for.",
            "Best noodles in town!",
            "Great service, and the price is fair.",
            "Everything arrived on time and tasted lovely.",
            "A pleasure from the first bite to the last.",
            "My children loved the pancakes.");
    private static final List<String> COMPLAINTS = List.of(
            "An hour late, and the food was cold.",
            "They forgot half of my order.",
            "The rice was burnt and the sauce was missing.",
            "Nobody answered the telephone. Never again.",
            "Much too salty, I threw it away.",
            "The box was open and everything had leaked.",
            "Rude driver and a wrong bill.",
            "Disappointing: stale bread and soggy salad.");

    private TextsFromDatabase() {}

    /** Learns from the labelled rows, and prints what the others are. */
    public static void main(String[] args) throws SQLException {
        run().forEach(System.out::println);
    }

    static List<String> run() throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:h2:mem:reviews")) {
            fill(database);
            TransferResult result = TransferLearning.on(labeled(database))
                    .backbone(Backbones.load("minilm-l6"))
                    .strategy(FeatureExtraction.defaults())
                    .run();
            try (Classifier classifier = new Classifier(result.model())) {
                answer(database, classifier);
            }
            List<String> answered = new ArrayList<>();
            try (Statement statement = database.createStatement();
                    ResultSet rows = statement.executeQuery("select opinion from review where id > 1000 order by id")) {
                while (rows.next()) {
                    answered.add(rows.getString(1));
                }
            }
            return answered;
        }
    }

    /** The rows that somebody has judged, one after the other. */
    private static LabeledTexts labeled(Connection database) throws SQLException {
        List<String> texts = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        try (Statement statement = database.createStatement()) {
            statement.setFetchSize(100);
            try (ResultSet rows =
                    statement.executeQuery("select words, opinion from review where opinion is not null order by id")) {
                while (rows.next()) {
                    texts.add(rows.getString("words"));
                    labels.add(rows.getString("opinion"));
                }
            }
        }
        return LabeledTexts.of("reviews", texts, labels);
    }

    private static void answer(Connection database, Classifier classifier) throws SQLException {
        List<Integer> ids = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("select id, words from review where opinion is null")) {
            while (rows.next()) {
                ids.add(rows.getInt("id"));
                texts.add(rows.getString("words"));
            }
        }
        List<Prediction> predictions = classifier.predictTexts(texts, 1);
        try (PreparedStatement update = database.prepareStatement("update review set opinion = ? where id = ?")) {
            for (int i = 0; i < ids.size(); i++) {
                update.setString(1, predictions.get(i).label());
                update.setInt(2, ids.get(i));
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static void fill(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("create table review (id int primary key, words varchar, opinion varchar)");
        }
        int id = 0;
        for (int i = 0; i < PRAISE.size(); i++) {
            insert(database, id++, PRAISE.get(i), "praise");
            insert(database, id++, COMPLAINTS.get(i), "complaint");
        }
        insert(database, 1001, "What a lovely dinner, thank you!", null);
        insert(database, 1002, "It came late and it was cold and wrong.", null);
    }

    private static void insert(Connection database, int id, String words, @Nullable String opinion)
            throws SQLException {
        try (PreparedStatement insert = database.prepareStatement("insert into review values (?, ?, ?)")) {
            insert.setInt(1, id);
            insert.setString(2, words);
            insert.setString(3, opinion);
            insert.executeUpdate();
        }
    }
}
