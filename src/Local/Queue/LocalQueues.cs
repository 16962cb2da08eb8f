using Azure.Storage.Queues;
using Relay;
using Relay.Storage;

namespace Local.Queue;

/// <summary>The queue that is listened to, and the one for what cannot be handled.</summary>
public sealed record LocalQueues(QueueClient Reports, QueueClient Poison)
{
    /// <summary>The two queues of an account.</summary>
    /// <exception cref="FormatException">The connection string is none of Azure Storage.</exception>
    public static LocalQueues Connect(string connectionString, QueueMessageEncoding encoding, string reports = StorageNames.Reports)
    {
        var poison = new QueueClient(connectionString, reports + StorageNames.PoisonSuffix, StorageClients.QueueOptions(encoding));
        return new(Listened(reports), Listened(poison.Name));

        QueueClient Listened(string name) => new(connectionString, name, StorageClients.QueueOptions(encoding).ParkUndecodable(poison));
    }

    /// <summary>The queue of reports, from which a message that fails too often is moved.</summary>
    public QueueWork ForReports(HandleMessage handleMessage) => new(Reports, Poison, handleMessage.HandleAsync);

    /// <summary>The poison queue, in which a message stays until it is parked.</summary>
    public QueueWork ForPoison(ParkPoison parkPoison) => new(Poison, null, parkPoison.HandleAsync);

    /// <summary>Makes both queues where they do not exist.</summary>
    public async Task CreateAsync(CancellationToken cancellation)
    {
        await Reports.CreateIfNotExistsAsync(cancellationToken: cancellation);
        await Poison.CreateIfNotExistsAsync(cancellationToken: cancellation);
    }
}
