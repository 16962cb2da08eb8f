using System.Text.Json;
using Relay.Delivery;
using Relay.Storage;

namespace Simulation.Mutants;

/// <summary>Waits as long as Slack wants after a refusal, but does not let the others know.</summary>
internal sealed class RefusalKeptSecret(IBlobStore blobs) : BlobDecorator(blobs)
{
    public override Task<bool> WriteAsync(string name, BlobContent content, BlobCondition condition, CancellationToken cancellation)
    {
        if (BlobNames.IsPace(name, condition) && JsonSerializer.Deserialize(content.Text, DeliveryJson.Compact.RouteState) is { Failures: > 0 } state)
        {
            var unshared = state with { NotBefore = default };
            content = new BlobContent(JsonSerializer.Serialize(unshared, DeliveryJson.Compact.RouteState));
        }

        return base.WriteAsync(name, content, condition, cancellation);
    }
}
