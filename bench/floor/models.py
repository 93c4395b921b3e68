"""The same kind of rows in as few tables as will do."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Topic(models.Model):
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100, unique=True)


class Region(models.Model):
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100, unique=True)


class Group(models.Model):
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=100, unique=True)
    about = models.TextField(blank=True)
    region = models.ForeignKey(Region, models.PROTECT)


class Post(models.Model):
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=160)
    gist = models.TextField(blank=True)
    body = models.TextField()
    topic = models.ForeignKey(Topic, models.PROTECT)
    region = models.ForeignKey(Region, models.PROTECT)
    group = models.ForeignKey(Group, models.PROTECT)
    published = models.DateTimeField()
    words = SearchVectorField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-published", "-id"], name="post_by_newest"),
            models.Index(fields=["topic", "-published", "-id"], name="post_by_topic"),
            models.Index(fields=["region", "-published", "-id"], name="post_by_region"),
            models.Index(fields=["group", "-published", "-id"], name="post_by_group"),
            GinIndex(fields=["words"], name="post_by_words"),
        ]
