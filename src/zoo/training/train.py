"""Trains one model of the zoo from its recipe and writes float16 weights and a card.

    npm run build
    python src/zoo/training/train.py src/zoo/training/recipes/vit-s.json --cache /somewhere/with/space

Writes src/zoo/weights/<id>.safetensors and <id>.card.json. The accuracy in the card is measured by Sightline itself
afterwards (`npx tsx src/cli/main.ts models --measure`). Images come from the TypeScript generator through a pipe and are kept in the
cache, as is the state of the training (every five minutes), from which the same command goes on after a stop;
`--minutes 8` ends a slice early. A recipe with `startsFrom` goes on from the shipped weights of another model. The same machine and thread count give the same weights to the byte.
"""
import argparse
import hashlib
import json
import math
import os
import platform
import struct
import subprocess
import sys
import time
from pathlib import Path

import numpy
import torch
from torch.nn import functional as F

import models

root = Path(__file__).resolve().parents[3]
side = 64
record_bytes = 2 + side * side * 3


def images(cache, image_set, split, count):
    """[count, 2 + 12288] bytes: a label (little-endian, 16 bits) and an image's pixels in a row."""
    file = cache / f"{image_set}-{split}-{count}.bin"
    if not file.exists() or file.stat().st_size != count * record_bytes:
        command = ["node", root / "dist/src/cli/main.js", "images", image_set, "--split", split, "--count", str(count), "--raw"]
        part = file.with_suffix(".part")
        with open(part, "wb") as out:
            subprocess.run(command, stdout=out, check=True)
        part.rename(file)
    return numpy.memmap(file, dtype=numpy.uint8, mode="r").reshape(count, record_bytes)


def batch_of(rows, device):
    pixels = torch.from_numpy(rows[:, 2:].reshape(-1, side, side, 3)).to(device)
    labels = torch.from_numpy(rows[:, 0].astype(numpy.int64) + 256 * rows[:, 1].astype(numpy.int64)).to(device)
    return (pixels.permute(0, 3, 1, 2).float() / 127.5 - 1).contiguous(memory_format=torch.channels_last), labels


def optimizers(model, recipe):
    """The matrices inside blocks by Muon (Jordan et al. 2024), where it is asked for; everything else by AdamW."""
    muon = recipe["optimizer"] == "muon"
    inner = {name for name, p in model.named_parameters() if muon and p.ndim == 2 and name.startswith("blocks.")}
    named = list(model.named_parameters())
    decay, rate = recipe["weightDecay"], recipe["learningRate"]
    rest = [(name, p) for name, p in named if name not in inner]
    matrices = [p for name, p in rest if p.ndim >= 2 and name not in ("pos_embed", "cls_token")]
    vectors = [p for name, p in rest if p.ndim < 2 or name in ("pos_embed", "cls_token")]
    groups = [{"params": matrices, "weight_decay": decay}, {"params": vectors, "weight_decay": 0.0}]
    found = [torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.95))]
    if inner:
        inside = [p for name, p in named if name in inner]
        found.append(torch.optim.Muon(inside, lr=rate, weight_decay=decay, adjust_lr_fn="match_rms_adamw"))
    return found


@torch.no_grad()
def accuracy(model, rows, device):
    model.eval()
    right = 0
    for start in range(0, len(rows), 100):
        pixels, labels = batch_of(rows[start : start + 100], device)
        right += int((model(pixels).argmax(1) == labels).sum())
    model.train()
    return right / len(rows)


def rounded(model):
    """The tensors as they are shipped: float16, counters of batches left out."""
    kept = {k: v for k, v in model.state_dict().items() if not k.endswith("num_batches_tracked")}
    return {k: v.detach().cpu().to(torch.float16).contiguous() for k, v in sorted(kept.items())}


def safetensors(tensors, metadata):
    header, offset = {"__metadata__": metadata}, 0
    for name, tensor in tensors.items():
        size = tensor.numel() * 2
        header[name] = {"dtype": "F16", "shape": list(tensor.shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(t.numpy().tobytes() for t in tensors.values())


def read_safetensors(data):
    """Of float16, as they are shipped."""
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + at for at in entry["data_offsets"])
        values = numpy.frombuffer(data[begin:end], numpy.float16).reshape(entry["shape"])
        tensors[name] = torch.from_numpy(values.astype(numpy.float32))
    return tensors


def write(path, data):
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.rename(path)


def hardware(device):
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    threads = torch.get_num_threads()
    name = platform.processor()
    for line in open("/proc/cpuinfo") if os.path.exists("/proc/cpuinfo") else []:
        if line.startswith("model name"):
            name = line.split(":")[1].strip()
    return f"{name}, {threads} thread{'' if threads == 1 else 's'}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("recipe", type=Path)
    arguments.add_argument("--cache", type=Path, required=True)
    arguments.add_argument("--out", type=Path, default=root / "src/zoo/weights")
    arguments.add_argument("--threads", type=int, default=os.cpu_count())
    arguments.add_argument("--minutes", type=float, default=math.inf, help="stop after this long; run again to go on")
    given = arguments.parse_args()

    recipe_bytes = given.recipe.read_bytes()
    recipe = json.loads(recipe_bytes)
    digest = hashlib.sha256(recipe_bytes).hexdigest()
    torch.set_num_threads(given.threads)
    torch.manual_seed(recipe["seed"])
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = models.build(recipe["architecture"]).to(device, memory_format=torch.channels_last)
    starts_from = None
    if "startsFrom" in recipe:
        start = (root / f"src/zoo/weights/{recipe['startsFrom']}.safetensors").read_bytes()
        starts_from = {"id": recipe["startsFrom"], "digest": hashlib.sha256(start).hexdigest()}
        model.load_state_dict(read_safetensors(start), strict=False)
    given.cache.mkdir(parents=True, exist_ok=True)
    train = images(given.cache, recipe["imageSet"], "train", recipe["imagesDistinct"])
    validation = images(given.cache, recipe["imageSet"], "validation", 4000)
    optimizer = optimizers(model, recipe)
    size, distinct = recipe["batchSize"], recipe["imagesDistinct"]
    steps = recipe["imagesSeen"] // size
    per_epoch = distinct // size

    state_file = given.cache / f"{recipe['id']}-{digest[:12]}.state"
    step, seconds, curve = 0, 0.0, []
    if state_file.exists():
        state = torch.load(state_file, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        for one, saved in zip(optimizer, state["optimizers"]):
            one.load_state_dict(saved)
        step, seconds, curve = state["step"], state["seconds"], state["curve"]

    started = saved_at = time.time()
    spent = lambda: seconds + time.time() - started

    def save():
        saved = {"model": model.state_dict(), "optimizers": [o.state_dict() for o in optimizer]}
        part = state_file.with_suffix(".part")
        torch.save({**saved, "step": step, "seconds": spent(), "curve": curve}, part)
        part.rename(state_file)

    recent = []
    order, order_epoch = None, -1
    while step < steps:
        epoch, position = divmod(step, per_epoch)
        if epoch != order_epoch:
            order = numpy.random.default_rng([recipe["seed"], epoch]).permutation(distinct)
            order_epoch = epoch
        chance = numpy.random.default_rng([recipe["seed"], 1, step])
        pixels, labels = batch_of(train[numpy.sort(order[position * size : (position + 1) * size])], device)
        if recipe["flip"] and chance.random() < 0.5:
            pixels = pixels.flip(3)
        factor = min(1, (step + 1) / recipe["warmupSteps"]) * 0.5 * (1 + math.cos(math.pi * step / steps))
        for one in optimizer:
            for group in one.param_groups:
                group["lr"] = recipe["learningRate"] * factor
        with torch.autocast(device.type, torch.bfloat16):
            logits = model(pixels)
        loss = F.cross_entropy(logits.float(), labels, label_smoothing=recipe["labelSmoothing"])
        for one in optimizer:
            one.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), recipe["gradientNorm"])
        for one in optimizer:
            one.step()
        recent.append(float((logits.argmax(1) == labels).float().mean()))
        step += 1
        if step % 500 == 0 or step == steps:
            point = {"imagesSeen": step * size, "seconds": round(spent()), "trainAccuracy": round(float(numpy.mean(recent)), 4)}
            if step % 1000 == 0 or step == steps:
                point["validationAccuracy"] = accuracy(model, validation, device)
            curve.append(point)
            recent = []
            left = spent() / step * (steps - step)
            print(f"{recipe['id']} {step}/{steps} {json.dumps(point)} {left / 60:.0f} min left", file=sys.stderr, flush=True)
        if time.time() - saved_at > 300:
            save()
            saved_at = time.time()
        if (time.time() - started) / 60 > given.minutes and step < steps:
            save()
            print("slice over; run the same command to go on", file=sys.stderr)
            return

    weights = rounded(model)
    model.load_state_dict({k: v.float() for k, v in weights.items()}, strict=False)
    card = {
        "id": recipe["id"],
        "architecture": recipe["architecture"],
        "recipe": f"recipes/{given.recipe.name}",
        "recipeDigest": digest,
        "startsFrom": starts_from,
        "imageSet": recipe["imageSet"],
        "imagesSeen": steps * size,
        "imagesDistinct": distinct,
        "parameters": sum(p.numel() for p in model.parameters()),
        "seconds": round(spent()),
        "hardware": hardware(device),
        "validationAccuracy": accuracy(model, validation, device),
        "licence": "Apache-2.0",
        "curve": curve,
    }
    given.out.mkdir(parents=True, exist_ok=True)
    write(given.out / f"{recipe['id']}.safetensors", safetensors(weights, {"format": "pt", "recipe": digest}))
    write(given.out / f"{recipe['id']}.card.json", (json.dumps(card, indent="\t") + "\n").encode())
    save()
    print(f"{recipe['id']}: {card['validationAccuracy']:.4f} on validation images", file=sys.stderr)


if __name__ == "__main__":
    main()
