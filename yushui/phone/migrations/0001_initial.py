from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='SentEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('client_key', models.CharField(max_length=36)),
                ('kind', models.CharField(choices=[('visit', '走访'), ('activity', '活动'), ('confirm', '年度确认'), ('case', '情况上报')], max_length=10)),
                ('user_id', models.BigIntegerField()),
                ('sent_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('client_key',), name='one_entry_per_key')],
            },
        ),
    ]
