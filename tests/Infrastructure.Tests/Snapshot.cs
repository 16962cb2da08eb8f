using System.Collections.Concurrent;
using System.Text.Json;

namespace Infrastructure.Tests;

/// <summary>What a deployment would make, as the compiler predicts it without Azure.</summary>
internal sealed class Snapshot
{
    /// <summary>The subscription, which there is none of.</summary>
    public const string Subscription = "00000000-0000-0000-0000-000000000001";

    private static readonly ConcurrentDictionary<string, Lazy<Task<Snapshot>>> _taken = new();

    private Snapshot(JsonElement json)
    {
        Outputs = json.GetProperty("outputs");
        Diagnostics = json.GetProperty("diagnostics");
        Resources = [.. json.GetProperty("predictedResources").EnumerateArray().Select(resource => new Resource(resource))];
    }

    /// <summary>What it makes.</summary>
    public IReadOnlyList<Resource> Resources { get; }

    /// <summary>What it puts out.</summary>
    public JsonElement Outputs { get; }

    /// <summary>What the prediction complains of.</summary>
    public JsonElement Diagnostics { get; }

    /// <summary>That of one of the deployments; each is compiled once.</summary>
    public static Task<Snapshot> OfAsync(Compiler compiler, string deployment) =>
        _taken.GetOrAdd(deployment, name => new(() => TakeAsync(compiler, name))).Value;

    /// <summary>Those of a type.</summary>
    public IEnumerable<Resource> Of(string type) => Resources.Where(resource => resource.Type == type);

    private static async Task<Snapshot> TakeAsync(Compiler compiler, string deployment)
    {
        var file = $"{Compiler.Deployments}/{deployment}.bicepparam";
        string[] where = ["--subscription-id", Subscription, "--tenant-id", Subscription, "--location", "westeurope"];
        var (exitCode, _, error) = await compiler.RunAsync(["snapshot", file, "--mode", "overwrite", .. where]);
        Assert.Equal((0, ""), (exitCode, error));
        var json = await File.ReadAllTextAsync(compiler.PathOf(Path.ChangeExtension(file, ".snapshot.json")));
        return new(JsonDocument.Parse(json).RootElement);
    }
}
