using Azure.Storage.Queues;
using Relay.Storage;

namespace Local.Queue;

/// <summary>The queue that is listened to, and the one for what cannot be handled.</summary>
public sealed record LocalQueues(QueueClient Reports, QueueClient Poison)
{
    /// <summary>The two queues of an account.</summary>
    /// <exception cref="FormatException">The connection string is none of Azure Storage.</exception>
    public static LocalQueues Connect(string connectionString, QueueMessageEncoding encoding, string reports = StorageNames.Reports)
    {
        var poison = new QueueClient(connectionString, $"{reports}-poison", StorageClients.QueueOptions(encoding));
        return new(new QueueClient(connectionString, reports, StorageClients.QueueOptions(encoding).ParkUndecodable(poison)), poison);
    }

    /// <summary>Makes both queues where they do not exist.</summary>
    public async Task CreateAsync(CancellationToken cancellation)
    {
        await Reports.CreateIfNotExistsAsync(cancellationToken: cancellation);
        await Poison.CreateIfNotExistsAsync(cancellationToken: cancellation);
    }
}
