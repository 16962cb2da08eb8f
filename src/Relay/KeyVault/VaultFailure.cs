using System.Net.Sockets;
using Azure;
using Azure.Identity;
using Relay.Text;

namespace Relay.KeyVault;

/// <summary>Says in one line why the vault did not give a secret, and nothing that an answer held.</summary>
internal static class VaultFailure
{
    /// <summary>The reason for logs.</summary>
    public static string ReasonOf(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [.., var last] } => ReasonOf(last), // Each retry's own; the last one stands for all.
        OperationCanceledException => "It does not answer in time.",
        RequestFailedException { Status: > 0 } refused => $"HTTP {refused.Status} {refused.ErrorCode}".TrimEnd(),
        RequestFailedException or AuthenticationFailedException or InvalidOperationException
            or HttpRequestException or SocketException or IOException => FirstLine.Of(exception),
        _ => exception.GetType().Name, // Such as an answer that cannot be read, whose error may quote it.
    };
}
