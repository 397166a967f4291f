package dev.keratin.io.keras;

import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.io.hdf5.H5Dataset;
import dev.keratin.io.hdf5.H5Engine;
import dev.keratin.io.hdf5.H5Reader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/** A model of {@code make_models.py} with its data, predictions and the losses of the next steps. */
final class TrainedInKeras {
    private final Path directory;
    private final String name;
    private final H5Reader io;

    TrainedInKeras(String name, Path directory) throws IOException {
        this.name = name;
        this.directory = directory;
        this.io = H5Engine.JAVA.open(name, ByteBuffer.wrap(bytes(name + ".io.h5")));
    }

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = TrainedInKeras.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    /** The {@code .keras} file. */
    Path archive() throws IOException {
        return Files.write(directory.resolve("of_keras_" + name + ".keras"), bytes(name + ".keras"));
    }

    /** The weights file inside, alone. */
    Path weights() throws IOException {
        return unpack(archive());
    }

    /** The weights file of an archive, beside it. */
    static Path unpack(Path archive) throws IOException {
        Path file = Path.of(archive.toString().replace(".keras", ".weights.h5"));
        try (ZipFile zip = new ZipFile(archive.toFile()); InputStream in = zip.getInputStream(zip.getEntry("model.weights.h5"))) {
            return Files.write(file, in.readAllBytes());
        }
    }

    /** The inputs as {@code fit} takes them. */
    Object x() throws IOException {
        return unwrap(all("x"));
    }

    /** The targets as {@code fit} takes them. */
    Object y() throws IOException {
        return unwrap(all("y"));
    }

    List<Tensor> predictions() throws IOException {
        return all("p");
    }

    float[] losses() throws IOException {
        return tensor("losses").toFloatArray();
    }

    private static Object unwrap(List<Tensor> tensors) {
        return tensors.size() > 1 ? tensors : tensors.get(0);
    }

    private List<Tensor> all(String kind) throws IOException {
        List<Tensor> tensors = new ArrayList<>();
        while (io.isDataset(kind + tensors.size())) {
            tensors.add(tensor(kind + tensors.size()));
        }
        return tensors;
    }

    private Tensor tensor(String path) throws IOException {
        H5Dataset dataset = io.dataset(path);
        DType dtype = DType.valueOf(dataset.type().name());
        return Tensor.ofBytes(new TensorType(dtype, Shape.of(dataset.shape())), io.read(path));
    }
}
