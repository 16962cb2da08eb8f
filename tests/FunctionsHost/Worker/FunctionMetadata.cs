using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionsHost.Rpc;

namespace FunctionsHost.Worker;

/// <summary>A function as the build has written it to <c>functions.metadata</c>.</summary>
internal sealed record FunctionMetadata(string Name, string ScriptFile, string EntryPoint, string Language, IReadOnlyList<JsonObject> Bindings)
{
    /// <summary>What the host calls it by.</summary>
    public string Id => Name;

    /// <summary>What it is run by.</summary>
    public JsonObject Trigger => Bindings.First(binding => TypeOf(binding).EndsWith("Trigger", StringComparison.Ordinal));

    /// <summary>All of an app.</summary>
    public static IReadOnlyList<FunctionMetadata> Read(string app)
    {
        var file = File.ReadAllBytes(Path.Combine(app, "functions.metadata"));
        return JsonSerializer.Deserialize<List<FunctionMetadata>>(file, JsonSerializerOptions.Web)!; // Every build writes it.
    }

    /// <summary>Whether it is run by a trigger of this type.</summary>
    public bool IsRunBy(string type) => TypeOf(Trigger) == type;

    /// <summary>The request that makes the worker load it.</summary>
    public FunctionLoadRequest ToLoadRequest(string app)
    {
        var metadata = new RpcFunctionMetadata
        {
            Directory = app, ScriptFile = ScriptFile, Name = Name, EntryPoint = EntryPoint, Language = Language, FunctionId = Id,
        };
        foreach (var binding in Bindings)
        {
            metadata.RawBindings.Add(binding.ToJsonString());
            metadata.Bindings.Add((string)binding["name"]!, new BindingInfo
            {
                Type = TypeOf(binding), Direction = Enum.Parse<BindingInfo.Types.Direction>((string)binding["direction"]!),
            });
        }

        return new FunctionLoadRequest { FunctionId = Id, Metadata = metadata };
    }

    /// <summary>The request that makes the worker run it once.</summary>
    public InvocationRequest ToInvocation(TypedData input) => new()
    {
        InvocationId = Guid.NewGuid().ToString(),
        FunctionId = Id,
        InputData = { new ParameterBinding { Name = (string)Trigger["name"]!, Data = input } },
        TraceContext = new(), // The worker takes for granted that there is one.
    };

    private static string TypeOf(JsonObject binding) => (string)binding["type"]!;
}
