
        if (result.test().accuracy() < 0.9) {
            throw new IllegalStateException("nothing was learned");
        }
        List<Image> some = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            some.add(drawn.image(i));
        }
        try (Classifier classifier = new Classifier(Bundle.read(Path.of("my-model")))) {
            float[][] expected = classifier.probabilities(some);
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int place = i;
                tasks.add(() -> Math.abs(classifier.probabilities(List.of(some.get(place)))[0][0] - expected[place][0]) < 1e-4);
            }
            for (Future<Boolean> task : threads.invokeAll(tasks)) {
                if (!task.get()) {
                    throw new IllegalStateException("threads disagree");
                }
            }
            threads.shutdown();
        }
        System.out.println("eight threads agree");
    }

    private static void write(Path file, Image image) throws IOException {
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, image.width(), image.height(), image.pixels());
        ImageIO.write(picture, "png", file.toFile());
    }
}
