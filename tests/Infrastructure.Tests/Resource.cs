using System.Text.Json;

namespace Infrastructure.Tests;

/// <summary>A resource that a deployment makes.</summary>
internal sealed record Resource(JsonElement Json)
{
    /// <summary>Its provider and type.</summary>
    public string Type => Text("type");

    /// <summary>Its name, an expression where only Azure knows it.</summary>
    public string Name => Text("name");

    /// <summary>Where it is, and in what.</summary>
    public string Id => Text("id");

    /// <summary>A value below its properties, by its path.</summary>
    public JsonElement this[string path] =>
        path.Split('.').Aggregate(Json.GetProperty("properties"), (value, name) => value.GetProperty(name));

    /// <inheritdoc/>
    public override string ToString() => Id;

    private string Text(string name) => Json.GetProperty(name).GetString() ?? "";
}
