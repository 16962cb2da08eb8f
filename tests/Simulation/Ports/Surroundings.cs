using Relay.Routes;
using Relay.Slack;
using Relay.Storage;
using Simulation.Hosting;

namespace Simulation.Ports;

/// <summary>All that an instance sees of the world, with the world's planted bug in it if there is one.</summary>
/// <param name="ToPoison">What the host does with a message that has failed as often as the queue allows.</param>
internal sealed record Surroundings(
    IBlobStore Blobs,
    IMessageQueue Queue,
    ISlackClient Slack,
    IDestinations Destinations,
    Func<string, bool> ToPoison)
{
    public static Surroundings Of(Instance instance, World world)
    {
        var real = new Surroundings(
            new CalledBlobs(instance.Calls, world),
            new CalledQueue(instance.Calls, world),
            new CalledSlack(instance, world),
            new CalledDestinations(instance, world.Slack),
            message =>
            {
                world.Poison.Put(message, TimeSpan.Zero);
                return true;
            });
        return world.Mutant?.Plant(real) ?? real;
    }
}
