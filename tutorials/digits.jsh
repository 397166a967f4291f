// Trains a convolutional network on 1,437 handwritten digits of 8 x 8 pixels, tests it on 360 others, saves its weights
// and loads them into a second network of the same architecture.

dev.keratin.random.Random.setSeed(1);

Sequential network() {
    return sequential(
        input(8, 8, 1),
        conv2d(32, 3).padding("same").activation("relu"),
        conv2d(64, 3).activation("relu"),
        maxPooling2d(2),
        flatten(),
        dropout(0.5),
        dense(10).activation("softmax"));
}

var digits = Datasets.digits();
var model = network();
model.summary();
model.compile("adam", "sparse_categorical_crossentropy", "accuracy");
var history = model.fit(digits.xTrain(), digits.yTrain(), epochs(15), batchSize(32), validationSplit(0.1));

var scores = model.evaluate(digits.xTest(), digits.yTest());
System.out.printf("Test accuracy: %.4f%n", scores.get("accuracy"));

var file = Files.createTempDirectory("keratin").resolve("digits.weights.h5");
model.saveWeights(file);
var same = network();
same.loadWeights(file);
Tensor before = model.predict(digits.xTest());
Tensor after = same.predict(digits.xTest());
if (!Arrays.equals(before.toFloatArray(), after.toFloatArray())) {
    throw new IllegalStateException("The reloaded network predicts something else.");
}
System.out.println("Saved to " + file + " and reloaded: the predictions are the same.");
