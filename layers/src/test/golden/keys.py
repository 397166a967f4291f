"""Prints the configuration keys of each Keras layer class as JSON, for LayerContract.

    python keys.py CASES > ../resources/dev/keratin/layers/keras-keys.json

CASES has a folder per case, CASES/<category>/<case>/, with a model.keras saved by Keras 3.15.1.
"""

import glob
import json
import sys
import zipfile


def collect(node, keys):
    if isinstance(node, dict):
        if str(node.get("module", "")).startswith("keras.layers") and isinstance(node.get("config"), dict):
            found = sorted(node["config"])
            known = keys.setdefault(node["class_name"], found)
            if len(found) < len(known):  # some keys appear only where they are set
                keys[node["class_name"]] = found
        for value in node.values():
            collect(value, keys)
    elif isinstance(node, list):
        for value in node:
            collect(value, keys)


keys = {}
for path in sorted(set(glob.glob(f"{sys.argv[1]}/*/*/model.keras")) - set(glob.glob(f"{sys.argv[1]}/negative/*/*"))):
    with zipfile.ZipFile(path) as archive:
        collect(json.loads(archive.read("config.json")), keys)
print("{")
print(",\n".join(f'"{name}": {json.dumps(keys[name])}' for name in sorted(keys)))
print("}")
