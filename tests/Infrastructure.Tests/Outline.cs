using System.Text.Json;
using System.Text.RegularExpressions;

namespace Infrastructure.Tests;

/// <summary>A deployment as people read it: each resource, and below it a line for each value.</summary>
internal static partial class Outline
{
    /// <summary>The hash in every name, of the subscription, the environment and the region.</summary>
    public const string Token = "2tq344kw2w2da";

    // Longer texts have a file of their own.
    private const int LongestText = 2000;

    private static readonly string[] _said = ["id", "type", "name", "apiVersion"];

    /// <summary>The whole of it.</summary>
    public static string Of(Snapshot snapshot) => Text(Blocks(snapshot).Select(block => (block.Key, (IEnumerable<string>)block.Value)));

    /// <summary>In what it is not the other one.</summary>
    public static string Difference(Snapshot snapshot, Snapshot from)
    {
        var (after, before) = (Blocks(snapshot), Blocks(from));
        var gone = before.Keys.Except(after.Keys).Select(name => ($"- {name}", Enumerable.Empty<string>()));
        var added = after.Where(block => !before.ContainsKey(block.Key)).Select(block => ($"+ {block.Key}", block.Value.AsEnumerable()));
        var changed = after
            .Where(block => before.TryGetValue(block.Key, out var lines) && !lines.SequenceEqual(block.Value))
            .Select(block => (block.Key, Changes(before[block.Key], block.Value)));
        return Text([.. changed, .. gone, .. added]);
    }

    private static IEnumerable<string> Changes(List<string> before, List<string> after) =>
        [.. before.Except(after).Select(line => $"- {line}"), .. after.Except(before).Select(line => $"+ {line}")];

    private static string Text(IEnumerable<(string Name, IEnumerable<string> Lines)> blocks) =>
        string.Join("\n", blocks.Select(block => string.Concat([$"{block.Name}\n", .. block.Lines.Select(line => $"    {line}\n")])));

    private static Dictionary<string, List<string>> Blocks(Snapshot snapshot)
    {
        var blocks = snapshot.Resources.ToDictionary(Heading, resource => Lines(resource.Json).ToList());
        blocks.Add("outputs", [.. Lines(snapshot.Outputs).Order(StringComparer.Ordinal)]);
        return blocks;
    }

    private static string Heading(Resource resource)
    {
        var id = RoleName().Replace(Short(resource.Id), "$1/Microsoft.Authorization/roleAssignments: $2");
        return $"{id} ({resource.Json.GetProperty("apiVersion")})";
    }

    /// <summary>A line for each value of a resource, or of what else has values.</summary>
    public static IEnumerable<string> Lines(JsonElement resource) => resource.EnumerateObject()
        .Where(property => !_said.Contains(property.Name))
        .SelectMany(property => Lines(property.Name, property.Value));

    private static IEnumerable<string> Lines(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when value.EnumerateObject().Any() =>
            value.EnumerateObject().SelectMany(property => Lines($"{path}.{Short(property.Name)}", property.Value)),
        JsonValueKind.Array when value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object) =>
            value.EnumerateArray().SelectMany((item, i) => Item(path, item, i)),
        JsonValueKind.Array => [$"{path}: [{string.Join(", ", value.EnumerateArray().Select(item => Short(item.ToString())))}]"],
        JsonValueKind.String => [$"{path}: {Written(value.GetString() ?? "")}"],
        _ => [$"{path}: {value.GetRawText()}"],
    };

    // What has a name is found by it, wherever in its list it stands.
    private static IEnumerable<string> Item(string path, JsonElement item, int index) =>
        item.TryGetProperty("name", out var name)
            ? item.EnumerateObject()
                .Where(property => property.Name != "name")
                .SelectMany(property => Lines($"{path}[{name}].{property.Name}", property.Value))
            : Lines($"{path}[{index}]", item);

    private static string Written(string text) => text.Length switch
    {
        0 => "''",
        > LongestText => "(a file of its own)",
        _ => string.Join("\n        ", Short(text).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    };

    private static string Short(string text) => text
        .Replace($"/subscriptions/{Snapshot.Subscription}/resourceGroups/rg-slack-relay-dev/providers/", "…/", Ordinal)
        .Replace($"/subscriptions/{Snapshot.Subscription}/providers/", "…/", Ordinal)
        .Replace(Token, "TOKEN", Ordinal);

    [GeneratedRegex(@"^\[extensionResourceId\('([^']+)'.*, '([0-9a-f-]+)'\)\)\]$")]
    private static partial Regex RoleName();
}
